"""The stack: everything that must stand before the house can open its doors.

`./run` finds a Python and the packages, and then starts this. From the ground up:

    place       where things lie on the disk, and which mode we are in
    refusal     the one clear sentence for what cannot be done
    process     starting programs that never outlive us
    libraries   what the machine itself must have: PDF libraries, a browser
    keys        secrets made once and kept
    roles       the database roles and their rights (sql/)
    postgres    a PostgreSQL server of our own, from a wheel
    broker      a Valkey server of our own, from a wheel
    sharing     one server, several users: who starts it, who stops it
    keeper      the process that holds one such server
    database    which database we use, ours or yours, and its two addresses
    services    all of the above as one environment for the programs
    supervisor  web, worker and beat: start together, stop together
    checks      what `./run check` and `./run test` look at
    nightly     the proofs that take too long for every change
    commands    the commands that you type
"""
