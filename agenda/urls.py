"""Addresses of the joint agenda."""

from django.urls import path

from agenda import views

app_name = "agenda"
OVERLEG = "overleggen/<uuid:overleg_id>/"

urlpatterns = [
    path("vandaag/", views.today, name="today"),
    path("agenda/", views.agenda, name="agenda"),
    path("overleggen/nieuw/", views.overleg_new, name="overleg_new"),
    path(OVERLEG, views.overleg, name="overleg"),
    path(f"{OVERLEG}dossier/", views.item_new, name="item_new"),
    path(f"{OVERLEG}punt/<int:position>/", views.item_people, name="item_people"),
    path(
        f"{OVERLEG}uitnodiging/<uuid:invitation_id>/intrekken/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(f"{OVERLEG}notulist/", views.note_taker, name="note_taker"),
    path(f"{OVERLEG}verzetten/", views.overleg_move, name="overleg_move"),
    path(f"{OVERLEG}afzeggen/", views.overleg_call_off, name="overleg_call_off"),
    path(f"{OVERLEG}gehouden/", views.overleg_hold, name="overleg_hold"),
    path(f"{OVERLEG}notulen/<int:position>/", views.minutes, name="minutes"),
    path(f"{OVERLEG}vaststellen/", views.minutes_adopt, name="minutes_adopt"),
    path(f"{OVERLEG}uitnodiging.ics", views.ics, name="ics"),
    path("dossiers/<slug:number>/overleggen/", views.of_case, name="of_case"),
]
