"""Spoiled walls: a policy that is gone or forgets something, a function that forgets to ask.

Made from the catalogue of the real database, so a new policy or function is spoiled by itself. Each
says how to spoil it and how to make it whole again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

POLICIES = """
    SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies
    WHERE roles = '{vh_app}' AND schemaname = 'public' ORDER BY 1, 2
"""
FUNCTIONS = """
    SELECT oid::regprocedure::text, proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'vh'::regnamespace ORDER BY 1
"""
TODAY = r"(?:\( SELECT vh\.today\(\) AS today\)|\(\(now\(\) AT TIME ZONE '[^']*'::text\)\)::date)"
CALLED = (
    r"\((?:[^()]|\([^()]*\))*\)"  # with what a function is called; another call may stand in it
)
A_REGIME = r"\w+\.regime|\w_regime"
# What a policy forgets: a pattern in its condition, and what comes in its place.
FORGOTTEN = {
    "vergeet de uitsluiting": (
        r"NOT \(\S+ = ANY \(\( SELECT vh\.barred\(\)[^)]*\)[^)]*\)\)",
        "true",
    ),
    "vergeet de begindag": (rf"p\.start_date <= {TODAY}", "true"),
    "vergeet de einddag": (rf"p\.end_date >= {TODAY}", "true"),
    "vergeet dat iets gesloten is": (r"p\.closed_at > statement_timestamp\(\)", "true"),
    "vergeet van wie het is": (r"= \( SELECT vh\.uid\(\) AS uid\)", "IS NOT NULL"),
    "verwisselt de scope": (
        r"vh\.scope\('(?!know_case)\w+'::text\)",
        "vh.scope('know_case'::text)",
    ),
    "vergeet de groep": (r"p\.group_id = ANY \(\( SELECT vh\.principals\(\)[^)]*\)[^)]*\)", "true"),
    "vergeet het regime": (
        r"\((?:p\.)?regime\)::text = ANY \(\( SELECT vh\.regimes\(\)[^)]*\)[^)]*\)",
        "true",
    ),
    "vergeet de rol": (r"vh\.has_role\(.*?\) AS has_role", "true AS has_role"),
    "geeft ieder het procesbeeld": (r"vh\.process_view\(\) AS", "true AS"),
    "vergeet de status": (r"\(\w+\.?status\)::text = '\w+'::text", "true"),
}
MAY_TAKE_PART = "vergeet te eisen dat iemand mag deelnemen"
IN_VAIN = (
    "een deelname onder een regime waaronder zijn organisatie niet meedoet, telt voor niemand: elk"
    " slot vraagt het regime zelf"
)
# The same in the source of a function; each place is a mutant of its own.
OVERLOOKED = {
    "vergeet de rol te eisen": (r"PERFORM vh\.require_role\([^;]*\);", "NULL;"),
    "vergeet de rol": (r"vh\.has_role\('[^)]*\)", "true"),
    "vergeet het procesbeeld": (r"vh\.process_view\(\)", "true"),
    "vergeet de scope": (r"vh\.may\(\w+, '\w+'\)", "true"),
    "verwisselt de scope": (r"(vh\.may\(\w+, )'lead_case'\)", r"\1'know_case')"),
    "weigert niet": (r"RAISE EXCEPTION [^;]*errcode = '42501'", "RAISE NOTICE 'laat door'"),
    "vergeet de begindag": (rf"\b\w\.start_date <= vh\.\w+{CALLED}", "true"),
    "vergeet de einddag": (rf"\b\w\.end_date >= vh\.\w+{CALLED}", "true"),
    "vergeet dat iets gesloten is": (
        r"(?:\w\.)?closed_at > (?:p_at|statement_timestamp\(\))",
        "true",
    ),
    "vergeet de uitsluiting": (rf"NOT \S+ = ANY \((?:\w_barred|vh\.barred\w*{CALLED})\)", "true"),
    "vergeet uitgesloten te zijn": (rf"p_case = ANY \(vh\.barred_at{CALLED}\)", "false"),
    "vergeet dat een uitsluiting is opgeheven": (r"lifted_at IS NULL OR lifted_at > p_at", "true"),
    "vergeet van wie het is": (r"(?:\w\.)?user_id = vh\.uid\(\)", "true"),
    "vergeet wie deelnemer is": (r"(?:\w\.)?wgs_class IN \('lid_1', 'lid_2'\)", "true"),
    "vergeet dat een account uit is": (r"(?<!FUNCTION )vh\.account_on\(p_user, p_at\)", "true"),
    "vergeet de vaste lijst": (r"p_scopes <@ vh\.basis_scopes\(p_basis\)", "true"),
    "vergeet de groep": (rf"\w\.group_id = ANY \((?:vh\.principals\w*{CALLED}|p_groups)\)", "true"),
    "vergeet het regime": (
        rf"(?:\b\w\.|\bp_)?\bregime = ANY \((?:\w_regimes|vh\.regimes\w*{CALLED})\)",
        "true",
    ),
    "mengt twee regimes": (
        rf"(?:vh\.regime_of{CALLED}|\b\w\.regime) = (?:vh\.regime_of{CALLED}|{A_REGIME})",
        "true",
    ),
    MAY_TAKE_PART: (rf"vh\.may_take_part{CALLED}", "true"),
    "vergeet de bevestiging": (rf"vh\.confirmed(?:_since)?{CALLED}", "true"),
    "geeft zichzelf iets": (r"(?:u\.id <> vh\.uid\(\))", "true"),
    # asked, and not written
    "vergeet de status": (r"(?<!SET )(?<!, )\b(?:\w\.)?status (?:=|<>) '\w+'", "true"),
}


DEEDS = {"SELECT": "read", "INSERT": "add", "UPDATE": "change", "DELETE": "remove"}
# What is forgotten of a grant; who sees the process data of all cases needs none to know a case.
OF_A_GRANT = (
    "vergeet de begindag",
    "vergeet de einddag",
    "vergeet dat iets gesloten is",
    "vergeet de groep",
)
# This puts another demand in its place; the others take one away.
NOT_WIDER = ("verwisselt de scope",)
BY_FUNCTION = "wie deze functie heeft, kent elk dossier al; een deelname geeft hem hier niets meer"
OF_THE_CASE = "de rij hangt aan een dossier, en het slot van dat dossier kent de uitsluiting zelf"
OF_ITS_PARENT = (
    "de rij hangt aan een plan, een weging of een agendapunt, en het slot daarvan kent de"
    " uitsluiting zelf"
)
WITH_ITS_PARENT = re.compile(
    r"EXISTS \( SELECT\s+FROM \(?"
    r"(?:maatwerkplan_maatwerkplan p|cases_weging w|agenda_agendaitem i)\b"
)
OF_ITS_ACTION = "de rij hangt aan een actie of een vraag, en het slot daarvan kent het regime zelf"
WITH_ITS_ACTION = re.compile(
    r"EXISTS \( SELECT\s+FROM \(?(?:maatwerkplan_partneraction a|maatwerkplan_deliveryquestion q)\b"
)
ON_A_MEETING = re.compile(r"EXISTS \( SELECT\s+FROM agenda_casusoverleg o\b")
ON_A_KEPT_LIST = re.compile(r"^\(*prioriteitenlijst_id = ANY \(\( SELECT vh\.kept_lists\(\)")
MEETINGS_SHOWN = "wie geen procesbeeld heeft, ziet geen casusoverleg om iets op te zetten"
LISTS_KEPT = "wie geen lijst bijhoudt, wijzigt er niets; en bijhouden doet alleen wie ze alle ziet"
MEMBERS_SHOWN = (
    "ieder ziet alleen zijn eigen plaats in een selectieoverleg; wie alle plaatsen ziet, ziet door"
    " zijn functie elke lijst"
)
BY_RIGHT = "de sloten vragen niets, en voor wat er geen slot heeft, ontbreekt het recht"
LOCKED = """
    SELECT tablename, bool_and(coalesce(qual, 'true') = 'true'
        AND coalesce(with_check, 'true') = 'true') AND NOT EXISTS (
      SELECT FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS deed
      WHERE has_table_privilege('vh_app', tablename, deed) AND NOT deed = ANY (array_agg(cmd)))
    FROM pg_policies WHERE roles = '{vh_app}' AND schemaname = 'public' GROUP BY 1 ORDER BY 1
"""
OWN_ROWS = (
    "ieder ziet in de toegangstabel alleen zijn eigen rijen; wie door zijn functie alle rijen ziet,"
    " kent elk dossier al"
)
OWN_REGIME = (
    "ieder ziet in de toegangstabel alleen rijen onder een regime van zijn eigen organisatie; wie"
    " door zijn functie alle rijen ziet, kent elk dossier al"
)


@dataclass(frozen=True)
class Mutant:
    """One way to spoil the wall. `target` is the table or the function in which."""

    name: str
    kind: str
    target: str
    spoil: str
    mend: str
    deed: str = ""  # which deed the spoiled policy is about; "" for all of them
    changes_nothing: str = ""  # why, when another lock makes the same demand


def all_mutants(owner: psycopg.Connection) -> list[Mutant]:
    """Every way, in a fixed order."""
    return [*_policies(owner), *_functions(owner), *_without_lock(owner)]


def _policies(owner: psycopg.Connection) -> Iterator[Mutant]:
    found = owner.execute(POLICIES).fetchall()
    for table, policy, deed, using, check in found:
        word, condition = ("WITH CHECK", check) if deed == "INSERT" else ("USING", using)
        here = f"{policy} ON {table}"
        whole = f"ALTER POLICY {here} {word} ({condition})"
        made_again = f"CREATE POLICY {policy} ON {table} FOR {deed} TO vh_app {word} ({condition})"
        name, about = f"{table}: {deed.lower()}", DEEDS[deed]
        if condition != "false":  # without a policy nothing comes through either
            yield Mutant(
                f"{name} zonder slot", "slot weg", table, f"DROP POLICY {here}", made_again, about
            )
        wider = {"slot open": ("voor ieder", "true")} if condition != "true" else {}
        for kind, (pattern, instead) in FORGOTTEN.items():
            wider[kind] = (kind, re.sub(pattern, instead, condition))
        for kind, (words, spoiled) in wider.items():
            if spoiled != condition:
                spoil = f"ALTER POLICY {here} {word} ({spoiled})"
                why = why_the_same(kind, condition, spoiled)
                yield Mutant(f"{name} {words}", kind, table, spoil, whole, about, why)


def why_the_same(kind: str, condition: str, spoiled: str) -> str:
    """Why nobody can do more than before, by what the conditions themselves say; or nothing."""
    if kind in NOT_WIDER:
        return ""
    gone = demands(condition) - demands(spoiled)
    forgotten = set(re.findall(FORGOTTEN[kind][0], condition)) if kind in FORGOTTEN else gone
    if kind == "vergeet de uitsluiting":
        if all("(c.id = ANY" in each for each in forgotten):
            return OF_THE_CASE
        if all(any(map(WITH_ITS_PARENT.match, demands(way))) for way in ways_in(spoiled)):
            return OF_ITS_PARENT
    if kind == "geeft ieder het procesbeeld" and any(map(ON_A_MEETING.match, demands(spoiled))):
        return MEETINGS_SHOWN
    if kind == "vergeet van wie het is" and any(map(ON_A_KEPT_LIST.search, demands(spoiled))):
        return LISTS_KEPT
    if kind == "vergeet van wie het is" and all("cases_selectielid m" in each for each in gone):
        return MEMBERS_SHOWN
    if kind == "vergeet het regime":
        if all(map(_of_grant_or_function, gone)):
            return OWN_REGIME
        if all(any(map(WITH_ITS_ACTION.match, demands(way))) for way in ways_in(spoiled)):
            return OF_ITS_ACTION
    if kind in OF_A_GRANT and all("vh.process_view()" in each for each in gone):
        if any(_is_for_office(each) for each in demands(condition)):
            return BY_FUNCTION
        asked = set(re.findall(r"vh\.scope\('(\w+)'", condition))
        if kind == "vergeet de groep" and asked <= {"know_case", "lead_case"}:
            return OWN_ROWS
    return ""


def _of_grant_or_function(demand: str) -> bool:
    """It is met by a grant, and as well by who sees the process data of all cases."""
    return "cases_participation p" in demand and "vh.process_view()" in demand


def _is_for_office(demand: str) -> bool:
    """It asks a role that shows the process data of all cases."""
    if _without_brackets(demand) == "SELECT vh.process_view() AS process_view":
        return True
    roles = set(re.findall(r"'(\w+)'::text", demand))
    return "vh.has_role(" in demand and bool(roles) and roles <= {"bedrijfsbureau", "manager"}


def demands(condition: str) -> set[str]:
    """What a condition asks, each of which must hold: its parts between the outermost ANDs."""
    inner = _without_brackets(condition)
    parts = _parted(inner, " AND ")
    return set().union(*map(demands, parts)) if len(parts) > 1 else {inner}


def ways_in(condition: str) -> list[str]:
    """The ways to come through a condition, one of which is enough: its parts between the ORs."""
    return _parted(_without_brackets(condition), " OR ")


def _parted(text: str, word: str) -> list[str]:
    """Between these words, but for those between brackets."""
    parts, depth, begin = [], 0, 0
    for found in re.finditer(rf"[()]|{word}", text):
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if found.group() == word and depth == 0:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]


def _without_brackets(condition: str) -> str:
    """The same without brackets round all of it."""
    inner = condition.strip()
    while inner.startswith("(") and _closes_at(inner) == len(inner) - 1:
        inner = inner[1:-1].strip()
    return inner


def _closes_at(text: str) -> int:
    """Where the first bracket is closed."""
    depth = 0
    for n, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return n
    return -1


def _functions(owner: psycopg.Connection) -> Iterator[Mutant]:
    for signature, name, source in owner.execute(FUNCTIONS).fetchall():
        head, body = source.split("AS $function$", 1)
        for kind, (pattern, instead) in OVERLOOKED.items():
            for n, found in enumerate(re.finditer(pattern, body), 1):
                spoiled = body[: found.start()] + found.expand(instead) + body[found.end() :]
                title = f"vh.{name} {kind}" + (f" ({n})" if n > 1 else "")
                spoil = f"{head}AS $function${spoiled}"
                why = IN_VAIN if kind == MAY_TAKE_PART and _grants(body, found.start()) else ""
                if spoil != source and signature:
                    yield Mutant(title, kind, name, spoil, source, changes_nothing=why)


def _grants(body: str, at: int) -> bool:
    """The statement in which this stands writes in the access table, and does nothing else."""
    begin, end = body.rfind(";", 0, at), body.find(";", at)
    statement = body[begin + 1 : end if end > 0 else None]
    return bool(re.search(r"vh\.insert_participation|INSERT INTO cases_participation", statement))


def _without_lock(owner: psycopg.Connection) -> Iterator[Mutant]:
    for table, all_may in owner.execute(LOCKED).fetchall():
        off, on = (f"ALTER TABLE {table} {w} ROW LEVEL SECURITY" for w in ("DISABLE", "ENABLE"))
        why = BY_RIGHT if all_may else ""
        name = f"{table}: rijbeveiliging uit"
        yield Mutant(name, "muur uit", table, off, on, changes_nothing=why)
