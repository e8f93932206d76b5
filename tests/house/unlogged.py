"""Pages that open without a line in the access log, and why; every other page leaves one. AUD-01.

A page that begins to show somebody goes out of here, and test_canary.py is red until it looks in
the log first.
"""

# Of oneself, of the house, or of nobody: how somebody comes in, his own account, what is public.
ONESELF = frozenset(
    {
        *("home", "health", "login", "second_step", "set_up", "confirm", "account", "credentials"),
        *("new_app", "recovery_codes", "new_passkey", "tablet_thanks"),
        *("hulp", "privacy", "toegankelijkheid", "stijlgids"),
        "partners:own_absence",
    }
)
# The table of partners and the colleagues at it: known to everybody in the house.
TABLE = frozenset(
    f"partners:{name}"
    for name in (
        *("organisations", "organisation", "describe", "mandaat_new", "contact_point", "propose"),
        *("toetreding", "regelingen", "regeling_new", "regeling", "werkafspraken", "werkafspraak"),
        *("werkafspraak_new", "users", "user_add", "user", "appointment_end", "user_off"),
        *("user_block", "invitations", "rounds", "confirm", "absences", "reset_ask", "resets"),
        *("papers", "papers_of"),
    )
)
# Numbers, dates and forms that name nobody yet.
NOBODY = frozenset(
    {
        *("cases:import", "cases:lists", "cases:list_new", "cases:list_sources"),
        *("cases:list_meeting", "cases:overview", "maatwerkplan:check_paper"),
        *("agenda:agenda", "agenda:overleg_new", "agenda:item_new", "agenda:note_taker"),
        *("agenda:overleg_move", "agenda:overleg_call_off", "agenda:overleg_hold"),
        "agenda:minutes_adopt",
        *("beheerscommissie:areas", "beheerscommissie:area", "beheerscommissie:file_report"),
        *("beheerscommissie:follow", "beheerscommissie:outcome", "beheerscommissie:routes"),
        *("beheerscommissie:plan_vergadering", "beheerscommissie:reports", "stuurgroep:figures"),
        *("privacy:home", "privacy:check"),
        # these answer only who asks something
        *("privacy:log", "privacy:explain", "privacy:own_people"),
    }
)
WITHOUT_A_LINE = ONESELF | TABLE | NOBODY
# A line for everybody who stands on it; none when nobody does.
FOR_WHO_STANDS_ON_IT = frozenset(
    {
        *("cases:nominate", "cases:weighings", "cases:search"),
        *("maatwerkplan:questions", "maatwerkplan:case_questions", "maatwerkplan:actions"),
    }
)
