"""Addresses of the plan."""

from django.urls import URLPattern, path

from maatwerkplan.views import (
    aanspreken,
    delivery,
    doorzetting,
    evaluatie,
    execution,
    goals,
    hand_over,
    home,
    loose_ends,
    offer,
    paper,
    plan,
    pressure,
    signing,
    steps,
    versions,
)

app_name = "maatwerkplan"

DOSSIER = "dossiers/<slug:number>/"
PLAN = f"{DOSSIER}maatwerkplan/"

# Drawing the plan and asking its partners.
plan_urls: list[URLPattern] = [
    path(PLAN, plan.plan, name="plan"),
    path(f"{PLAN}opstellen/", plan.plan_draw_up, name="plan_draw_up"),
    path(f"{PLAN}versies/", versions.versions, name="versions"),
    path(f"{PLAN}herzien/", plan.revise, name="revise"),
    path(f"{PLAN}herziening-intrekken/", plan.drop_revision, name="drop_revision"),
    path(f"{PLAN}stand/", delivery.panel, name="panel"),
    path(f"{PLAN}doelen/<slug:leefgebied>/", goals.goal, name="goal"),
    path(f"{PLAN}acties/nieuw/", plan.action_add, name="action_add"),
    path(f"{PLAN}acties/<uuid:action_id>/", plan.action_edit, name="action_edit"),
    path(f"{PLAN}acties/<uuid:action_id>/weghalen/", plan.action_remove, name="action_remove"),
    path(f"{PLAN}acties/<uuid:action_id>/datum/", plan.take_over_date, name="take_over_date"),
    path(f"{PLAN}acties/<uuid:action_id>/voorleggen/", doorzetting.lay_before, name="lay_before"),
    path(f"{PLAN}voorgelegd/<uuid:matter_id>/", doorzetting.take_back, name="take_back"),
    path("doorzetten/", doorzetting.doorzettingen, name="doorzettingen"),
    path("doorzetten/<uuid:matter_id>/", doorzetting.doorzetting, name="doorzetting"),
    path(f"{PLAN}leveringscheck/", delivery.delivery, name="delivery"),
    path(
        f"{PLAN}leveringscheck/<uuid:question_id>/vastleggen/",
        delivery.answer_record,
        name="answer_record",
    ),
    path("leveringsvragen/", delivery.questions, name="questions"),
    path("leveringsvragen/<uuid:question_id>/", delivery.question, name="question"),
    path("vragen-aan-partners/", delivery.case_questions, name="case_questions"),
]

# The offer, signing, refusal, the plan on paper, execution, and the first pages.
offer_urls: list[URLPattern] = [
    path("werkvoorraad/", home.worklist, name="worklist"),
    path("acties/", home.actions, name="actions"),
    path("acties/<uuid:action_id>/", execution.action, name="action"),
    path("caseload/niet-loslaten/", loose_ends.loose_ends, name="loose_ends"),
    path(f"{DOSSIER}overdragen/", hand_over.hand_over, name="hand_over"),
    path(f"{DOSSIER}aanbod/", offer.offer, name="offer"),
    path(f"{DOSSIER}aanbod/tekenen/", offer.sign, name="sign"),
    path(f"{DOSSIER}aanbod/papier/", signing.paper_signed, name="paper_signed"),
    path(f"{DOSSIER}aanbod/gesprek/", signing.talk, name="talk"),
    path(f"{DOSSIER}aanbod/weigering/", pressure.refuse, name="refuse"),
    path(f"{DOSSIER}aanbod/uitval/", pressure.drop_out, name="drop_out"),
    path(f"{DOSSIER}drang/nieuw/", steps.press, name="press"),
    path(f"{DOSSIER}drang/<uuid:step_id>/", steps.step_outcome, name="step_outcome"),
    path("acties/stap/<uuid:step_id>/", steps.step, name="step"),
    path(f"{DOSSIER}aanbod/intrekken/", offer.withdraw, name="withdraw"),
    path(f"{DOSSIER}plan.pdf", offer.pdf, name="pdf"),
    path("papier-controleren/", paper.check_paper, name="check_paper"),
    path(f"{DOSSIER}start/", execution.start, name="start"),
    path(
        f"{DOSSIER}start/<uuid:action_id>/",
        execution.report_record,
        name="report_record",
    ),
    path(f"{DOSSIER}start/<uuid:action_id>/einde/", execution.end_record, name="end_record"),
    path(f"{DOSSIER}start/<uuid:action_id>/aanspreken/", aanspreken.call, name="call"),
    path(f"{DOSSIER}evaluatie/", evaluatie.evaluate, name="evaluate"),
    path("aanspreken/", aanspreken.calls, name="calls"),
    path("aanspreken/<uuid:call_id>/", aanspreken.settle, name="call_settle"),
    path("aanspreken/<uuid:call_id>/doorzettingsmacht/", aanspreken.ask_power, name="ask_power"),
]

urlpatterns = [*plan_urls, *offer_urls]
