"""Addresses of the table of partners and its people."""

from django.urls import path

from partners.views import (
    absence,
    linking,
    organisations,
    papers,
    regelingen,
    resets,
    sign_off,
    sign_on,
    toetreding,
    users,
)

app_name = "partners"
urlpatterns = [
    path("partners/", organisations.organisations, name="organisations"),
    path("regelingen/", regelingen.regelingen, name="regelingen"),
    path("regelingen/nieuw/", regelingen.regeling_new, name="regeling_new"),
    path("regelingen/<uuid:regeling_id>/", regelingen.regeling, name="regeling"),
    path("regelingen/<uuid:regeling_id>/besluit/", regelingen.approve, name="regeling_approve"),
    path("regelingen/<uuid:regeling_id>/ondertekening/", regelingen.sign, name="regeling_sign"),
    path("regelingen/<uuid:regeling_id>/geldig/", regelingen.in_force, name="regeling_in_force"),
    path("regelingen/<uuid:regeling_id>/intrekken/", regelingen.withdraw, name="regeling_withdraw"),
    path("toetreding/nieuw/", toetreding.propose, name="propose"),
    path("toetreding/<uuid:toetreding_id>/", toetreding.toetreding, name="toetreding"),
    path("toetreding/<uuid:toetreding_id>/toets/", toetreding.test, name="toetreding_test"),
    path("toetreding/<uuid:toetreding_id>/besluit/", toetreding.approve, name="toetreding_approve"),
    path("toetreding/<uuid:toetreding_id>/verklaring/", toetreding.sign, name="toetreding_sign"),
    path(
        "toetreding/<uuid:toetreding_id>/actief/", toetreding.activate, name="toetreding_activate"
    ),
    path(
        "toetreding/<uuid:toetreding_id>/afwijzen/",
        toetreding.turn_down,
        name="toetreding_turn_down",
    ),
    path(
        "toetreding/<uuid:toetreding_id>/uittreden/",
        toetreding.announce_leaving,
        name="toetreding_leaving",
    ),
    path(
        "toetreding/<uuid:toetreding_id>/blijven/",
        toetreding.call_off_leaving,
        name="toetreding_staying",
    ),
    path("partners/<slug:slug>/", organisations.organisation, name="organisation"),
    path(
        "partners/<slug:slug>/contactpunten/<slug:kind>/",
        organisations.contact_point,
        name="contact_point",
    ),
    path("inloggen/organisatie/", sign_on.choose, name="sign_on"),
    path("inloggen/organisatie/<slug:slug>/", sign_on.start, name="sign_on_start"),
    path("inloggen/organisatie/<slug:slug>/terug/", sign_on.come_back, name="sign_on_return"),
    path("inloggen/organisatie/<slug:slug>/uitgelogd/", sign_off.told, name="sign_off"),
    path("bevestigen/organisatie/", sign_on.prove, name="sign_on_prove"),
    path("account/inloggen/organisatie/", sign_on.own, name="own_sign_on"),
    path("account/inloggen/organisatie/koppelen/", sign_on.link, name="sign_on_link"),
    path("account/inloggen/organisatie/weg/", sign_on.unlink, name="sign_on_unlink"),
    path("account/afwezigheid/", users.own_absence, name="own_absence"),
    path("afwezigheid/<uuid:absence_id>/beeindigen/", users.absence_end, name="absence_end"),
    path("beheer/gebruikers/", users.users, name="users"),
    path("beheer/gebruikers/nieuw/", users.user_add, name="user_add"),
    path("beheer/gebruikers/<int:user_id>/", users.user, name="user"),
    path("beheer/gebruikers/<int:user_id>/rol/", users.appoint, name="appoint"),
    path(
        "beheer/gebruikers/<int:user_id>/rol/<int:appointment_id>/beeindigen/",
        users.appointment_end,
        name="appointment_end",
    ),
    path("beheer/gebruikers/<int:user_id>/uit/", users.user_off, name="user_off"),
    path("beheer/gebruikers/<int:user_id>/blokkeren/", users.user_block, name="user_block"),
    path("beheer/gebruikers/<int:user_id>/aan/", users.user_on, name="user_on"),
    path("beheer/gebruikers/<int:user_id>/afwezig/", users.absence, name="absence"),
    path("beheer/gebruikers/<int:user_id>/papieren/", papers.papers_of, name="papers_of"),
    path("beheer/gebruikers/<int:user_id>/koppeling/", linking.link_of, name="link_of"),
    path(
        "beheer/gebruikers/<int:user_id>/koppeling/<int:proposal_id>/",
        linking.link_decide,
        name="link_decide",
    ),
    path("beheer/gebruikers/<int:user_id>/tweede-stap/", resets.reset_ask, name="reset_ask"),
    path("beheer/tweede-stap/", resets.resets, name="resets"),
    path("beheer/tweede-stap/<uuid:reset_id>/", resets.reset, name="reset"),
    path("beheer/tweede-stap/<uuid:reset_id>/<slug:step>/", resets.reset_step, name="reset_step"),
    path(
        "account/inloggen/terugzetten/<uuid:reset_id>/tegenhouden/",
        resets.reset_stop,
        name="reset_stop",
    ),
    path("beheer/papieren/", papers.papers, name="papers"),
    path("beheer/afwezig/", absence.absences, name="absences"),
]
