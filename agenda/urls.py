"""Addresses of the joint agenda."""

from django.urls import path

from agenda.views import meetings, minutes, points

app_name = "agenda"
OVERLEG = "overleggen/<uuid:overleg_id>/"

urlpatterns = [
    path("vandaag/", meetings.today, name="today"),
    path("agenda/", meetings.agenda, name="agenda"),
    path("overleggen/nieuw/", meetings.overleg_new, name="overleg_new"),
    path(OVERLEG, meetings.overleg, name="overleg"),
    path(f"{OVERLEG}dossier/", points.item_new, name="item_new"),
    path(f"{OVERLEG}punt/<int:position>/", points.item_people, name="item_people"),
    path(f"{OVERLEG}punt/<int:position>/weghalen/", points.item_take_off, name="item_take_off"),
    path(
        f"{OVERLEG}uitnodiging/<uuid:invitation_id>/intrekken/",
        points.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(f"{OVERLEG}notulist/", meetings.note_taker, name="note_taker"),
    path(f"{OVERLEG}verzetten/", meetings.overleg_move, name="overleg_move"),
    path(f"{OVERLEG}afzeggen/", meetings.overleg_call_off, name="overleg_call_off"),
    path(f"{OVERLEG}gehouden/", meetings.overleg_hold, name="overleg_hold"),
    path(f"{OVERLEG}notulen/<int:position>/", minutes.minutes, name="minutes"),
    path(f"{OVERLEG}vaststellen/", minutes.minutes_adopt, name="minutes_adopt"),
    path(f"{OVERLEG}uitnodiging.ics", meetings.ics, name="ics"),
    path("dossiers/<slug:number>/overleggen/", points.of_case, name="of_case"),
]
