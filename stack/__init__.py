"""The stack: everything that must stand before the house can open its doors.

`./run` finds a Python and the packages, and then starts this. From the ground up:

    place       where things lie on the disk, and which mode we are in
    say         what we tell the person at the keyboard
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
    steps       commands of manage.py that we need on the way
    furnishing  tables, demo house and static files
    house       the programs of the house, its port, and that there is one at a time
    supervisor  web, worker and beat: start together, stop together
    checks      what `./run check` and `./run test` look at
    deployment  the secrets for docker-compose.yml
    container   what runs inside its containers
    nightly     the proofs that take too long for every change
    commands    the commands that you type
"""
