"""The registry of every mail that this house can send, in the words in which it is sent.

The text is fixed: no name, no number, nothing to fill in. How it leaves: outbox.py.
"""

from dataclasses import dataclass

from veiligheidshuis.terms import said


@dataclass(frozen=True)
class Mail:
    """One kind of mail: its subject, what is asked, and where to look after logging in."""

    subject: str
    text: str
    path: str
    lead: str = "Log in en kijk bij:"


MAILS = {
    "leveringsvraag": Mail(
        "Er staat een vraag voor u klaar",
        "Een interventiemanager vraagt of uw organisatie iets kan leveren. "
        "Antwoorden kost een minuut.",
        "/leveringsvragen/",
    ),
    "leveringsantwoord": Mail(
        "Een partner heeft geantwoord",
        "Een partner heeft antwoord gegeven op een van je vragen.",
        "/werkvoorraad/",
    ),
    "doorzetting_gevraagd": Mail(
        "Er ligt iets voor om door te zetten",
        "Een partner zegt niet toe wat een plan vraagt. Een interventiemanager vraagt wat je "
        "besluit.",
        "/doorzetten/",
    ),
    "doorzetting_besloten": Mail(
        "De manager heeft beslist",
        "Je legde de manager iets voor. Kijk bij de leveringscheck wat hij besloot.",
        "/werkvoorraad/",
    ),
    "aangesproken": Mail(
        "Wij spreken uw organisatie aan op een afspraak",
        "Uw organisatie doet in een maatwerkplan nog niet wat is afgesproken. Lees wat er wordt "
        "gevraagd en voor welke dag, en meld hoe het ervoor staat.",
        "/acties/",
    ),
    "aanspreken_manager": Mail(
        "Een partner doet niet wat is afgesproken",
        "Een interventiemanager sprak een partner aan en het hielp niet, of het kan niet wachten. "
        "Hij vraagt wat je doet.",
        "/aanspreken/",
    ),
    "aanspreken_uitkomst": Mail(
        "Er is iets gedaan aan een partner die niet levert",
        "Je legde de manager een partner voor. Kijk bij de startklok wat hij deed.",
        "/werkvoorraad/",
    ),
    "toewijzing": Mail(
        "Je hebt een nieuwe cliënt",
        "De manager heeft een cliënt aan je toegewezen. Begin met de diagnose.",
        "/werkvoorraad/",
    ),
    "kandidaten_gevraagd": Mail(
        "Wie draagt u aan voor de prioriteitenlijst?",
        "Het veiligheidshuis maakt een nieuwe prioriteitenlijst. Draag aan wie er volgens uw "
        "organisatie op hoort, of laat het bedrijfsbureau weten dat u niemand heeft.",
        "/kandidaten/aandragen/",
    ),
    "kandidaten_herinnering": Mail(
        "Herinnering: wie draagt u aan?",
        "Wij hebben van uw organisatie nog geen kandidaten voor de nieuwe prioriteitenlijst. "
        "Draag iemand aan, of laat het bedrijfsbureau weten dat u niemand heeft.",
        "/kandidaten/aandragen/",
    ),
    "overdracht": Mail(
        "Je neemt een cliënt over",
        "De manager heeft een cliënt van een collega aan je overgedragen.",
        "/werkvoorraad/",
    ),
    "overdracht_van": Mail(
        "Een cliënt is aan een collega overgedragen",
        "De manager heeft een cliënt die je leidde of waarnam aan een collega overgedragen. "
        "Wist je dat niet? Bel dan het bedrijfsbureau.",
        "/werkvoorraad/",
    ),
    "waarneming": Mail(
        "U neemt waar voor een collega",
        "Een collega is afwezig en u neemt dan waar. Kijk van wanneer tot wanneer. "
        "Kunt u dat niet? Bel dan het bedrijfsbureau.",
        "/",
    ),
    "notulist": Mail(
        "U maakt de notulen van een overleg",
        "Het bedrijfsbureau koos u als notulist van een overleg. De agenda staat klaar. "
        "Kunt u niet? Bel dan het bedrijfsbureau.",
        "/agenda/",
    ),
    "slachtoffer": Mail(
        "U staat een slachtoffer bij",
        "U kunt gegevens van een slachtoffer zien om bij te staan. Bij het dossier leest u wie dat "
        "is, en tot en met welke dag. Wist u dit niet? Bel dan het bedrijfsbureau.",
        "/",
    ),
    "spoedstop": Mail(
        "Een collega met cliënten kan niet meer inloggen",
        "Het bedrijfsbureau blokkeerde een account. Kies wie de cliënten overneemt.",
        "/overzicht/",
    ),
    "partner_vertrekt": Mail(
        "Een partner treedt binnenkort uit",
        "Een partner verlaat het veiligheidshuis. Kijk per wanneer, en of iemand cliënten "
        "overneemt.",
        "/partners/",
    ),
    "partner_uitgetreden": Mail(
        "Een partner is uitgetreden",
        "Een partner verliet het veiligheidshuis. Kijk of je een vraag of een actie aan een ander "
        "moet geven.",
        "/partners/",
    ),
    "plan_getekend": Mail(
        "Een plan is getekend: uw actie kan beginnen",
        "Een plan met een actie van uw organisatie is getekend. Start op tijd en meld de start.",
        "/acties/",
    ),
    "actie_uitgesteld": Mail(
        "Een partner begint later",
        "Een partner meldt dat een actie later begint dan afgesproken. Kijk wanneer en waarom, en "
        "of dat kan.",
        "/werkvoorraad/",
    ),
    "afspraak_gemist": Mail(
        "Een cliënt kwam niet op een afspraak",
        "Een partner meldt dat een cliënt niet kwam. Kijk bij welke actie, en praat met hem.",
        "/werkvoorraad/",
    ),
    "actie_afgesloten": Mail(
        "Een actie van uw organisatie is afgesloten",
        "Wie het dossier leidt, legde vast dat een actie van uw organisatie is geëindigd. "
        "Klopt dat niet? Bel dan de interventiemanager.",
        "/acties/",
    ),
    "aanmelding": Mail(
        "Wij hebben uw aanmelding ontvangen",
        "U droeg iemand aan. Het bedrijfsbureau neemt contact met u op. Op de pagina leest u "
        "binnen welke tijd.",
        "/kandidaten/aandragen/",
    ),
    "contact_vandaag": Mail(
        "Wie iemand aandroeg, hoort vandaag van ons",
        "Iemand droeg een kandidaat aan en heeft nog niets gehoord. Vandaag is de laatste dag.",
        "/kandidaten/",
    ),
    "weging_gevraagd": Mail(
        "Er staat een aanmelding klaar om te wegen",
        "Uw organisatie beslist mee of het veiligheidshuis iets voor iemand kan doen.",
        "/wegingen/",
    ),
    "aanmelding_gewogen": Mail(
        "Er is besloten over uw aanmelding",
        "De kerndeelnemers hebben besloten over iemand die u aandroeg. Kijk wat zij adviseren.",
        "/kandidaten/aandragen/",
    ),
    "lijst_ingelezen": Mail(
        "Wij hebben een lijst van uw organisatie ingelezen",
        "Kijk hoeveel regels wij konden lezen. Wie op de lijst stond, wegen de kerndeelnemers; van "
        "wie aan de beurt komt, hoort u als wij u nodig hebben.",
        "/kandidaten/aandragen/",
    ),
    "start_nadert": Mail(
        "De startklok loopt bijna af",
        "Een actie van een getekend plan moet binnenkort gestart zijn.",
        "/",
    ),
    "antwoord_nadert": Mail(
        "Vandaag is de laatste dag om te antwoorden",
        "Een interventiemanager wacht op het antwoord van uw organisatie. Kunt u het niet leveren? "
        "Zeg het dan ook vandaag.",
        "/leveringsvragen/",
    ),
    "start_bureau": Mail(
        "Een actie is nog niet gestart: bel de partner",
        "Een partner kreeg bericht en meldde nog geen start. Bel de partner en de "
        "interventiemanager.",
        "/",
    ),
    "start_laatste_dag": Mail(
        "Vandaag is de laatste dag om te starten",
        "Bij een cliënt is nog niet alles begonnen. Spreek de partner er vandaag op aan.",
        "/caseload/niet-loslaten/",
    ),
    "start_gemist": Mail(
        "Een actie is niet op tijd gestart",
        "Een actie van een getekend plan begon niet binnen de termijn.",
        "/caseload/niet-loslaten/?soort=start",
    ),
    "vervolg_weigering": Mail(
        "De vervolgstap bij drang en dwang is vandaag",
        "Een cliënt doet niet mee aan zijn plan. Vandaag staat de afgesproken vervolgstap.",
        "/werkvoorraad/",
    ),
    "drangstap": Mail(
        "Er staat een stap voor uw organisatie klaar",
        "Een cliënt doet niet mee aan zijn plan. Een interventiemanager sprak een stap van uw "
        "organisatie af. Meld daarna wat het opleverde.",
        "/acties/",
    ),
    "drangstap_vervalt": Mail(
        "Een stap van uw organisatie hoeft niet meer",
        "Een cliënt deed niet mee, en tekende nu toch een plan. De stap die met uw organisatie was "
        "afgesproken, vervalt. Gaf u hem al een vervolg? Bel dan de interventiemanager.",
        "/acties/",
    ),
    "drangstap_uitkomst": Mail(
        "Een partner meldde wat een stap opleverde",
        "Een partner zette een stap bij een cliënt die niet meedoet. Spreek de volgende stap af.",
        "/werkvoorraad/",
    ),
    "stuk_geweigerd": Mail(
        "Een bestand dat je toevoegde, was niet veilig",
        "Bij de controle bleek een bestand niet veilig. Het is gewist en niemand kon het openen. "
        "Stuur het niet door, en meld het bij je eigen ICT-afdeling.",
        "/werkvoorraad/",
    ),
    "noodtoegang": Mail(
        "Een dossier is in nood geopend",
        "Het bedrijfsbureau opende een dossier omdat niemand te bereiken was. Kijk waarom.",
        "/",
    ),
    "nood_toetsen": Mail(
        "Een noodtoegang wacht op een oordeel",
        "Een dossier is in nood geopend. Nog niemand heeft gekeken of dat terecht was.",
        "/noodtoegang/",
    ),
    "signaal": Mail(
        "Er is een signaal uit het inzagelogboek",
        "Iemand las anders dan anders. Bekijk het signaal en handel het af.",
        "/toezicht/signalen/",
    ),
    "logboek_niet_heel": Mail(
        "Het inzagelogboek is niet heel",
        "Bij het afsluiten van de maand klopte er iets niet: iemand wijzigde of wiste iets. Er is "
        "niets afgesloten. Kijk wat er aan de hand is.",
        "/toezicht/controle/",
    ),
    "overleg": Mail(
        "Uitnodiging voor een overleg",
        "U bent uitgenodigd voor een overleg in het veiligheidshuis. De agenda staat klaar.",
        "/agenda/",
    ),
    "overleg_verzet": Mail(
        "Een overleg is verzet",
        "Een overleg waarvoor u bent uitgenodigd is op een ander moment of op een andere plek.",
        "/agenda/",
    ),
    "overleg_afgezegd": Mail(
        "Een overleg is afgezegd",
        "Een overleg waarvoor u bent uitgenodigd gaat niet door.",
        "/agenda/",
    ),
    "overleg_punt_vervalt": Mail(
        "Een punt van een overleg vervalt voor u",
        "U hoeft niet te komen voor een punt waarvoor u was uitgenodigd. Kijk in de agenda of u "
        "nog bij een ander punt wordt verwacht.",
        "/agenda/",
    ),
    "tweede_stap": Mail(
        "Er is gewijzigd hoe u inlogt",
        "Er is een app, een passkey of een lijst met herstelcodes gewijzigd. Was u dat niet? "
        "Bel meteen het bedrijfsbureau.",
        "/account/inloggen/",
    ),
    "tweede_stap_gevraagd": Mail(
        "Kijk mee: een collega is zijn tweede stap kwijt",
        "Er is gevraagd om de tweede stap van een collega terug te zetten. Een tweede persoon "
        "beslist daarover.",
        "/beheer/tweede-stap/",
    ),
    "tweede_stap_terug": Mail(
        "Uw tweede stap wordt teruggezet",
        "Iemand zei dat u uw tweede stap kwijt bent, en twee collega's vonden dat goed. Over "
        f"{said('RESET_HOURS')} telt hij niet meer. Klopt dat niet? Log dan in en houd het tegen.",
        "/account/inloggen/",
    ),
    "tweede_stap_tegengehouden": Mail(
        "Het terugzetten van een tweede stap is tegengehouden",
        "De gebruiker logde in en hield het tegen. Zoek uit wie erom vroeg.",
        "/beheer/tweede-stap/",
    ),
    "eigen_organisatie": Mail(
        "Inloggen via uw organisatie is gewijzigd",
        "Uw account is gekoppeld met de inlogdienst van uw organisatie, of die koppeling is weg. "
        "Was u dat niet? Bel meteen het bedrijfsbureau.",
        "/account/inloggen/organisatie/",
    ),
    "papieren": Mail(
        "Uw papieren verlopen binnenkort",
        "Uw VOG of screening, uw scholing of uw geheimhoudingsverklaring verloopt binnenkort. "
        "Daarna hebt u geen toegang meer. Laat het bedrijfsbureau op tijd een nieuw papier zien.",
        "/account/",
    ),
    "papieren_laatste": Mail(
        f"Uw papieren verlopen binnen {said('PAPERS_LAST_REMINDER_DAYS')}",
        "Uw VOG of screening, uw scholing of uw geheimhoudingsverklaring verloopt binnen "
        f"{said('PAPERS_LAST_REMINDER_DAYS')}. "
        "Daarna kunt u niet meer bij dossiers. Laat het bedrijfsbureau nu een nieuw papier zien.",
        "/account/",
    ),
    "papieren_bureau": Mail(
        "Van iemand verlopen de papieren binnenkort",
        "Van iemand verloopt de VOG of screening, de scholing of de geheimhoudingsverklaring. "
        "Kijk van wie. Wie het is, weet het ook.",
        "/beheer/papieren/",
    ),
    "papieren_bureau_laatste": Mail(
        f"Van iemand verlopen de papieren binnen {said('PAPERS_LAST_REMINDER_DAYS')}",
        "Van iemand verloopt de VOG of screening, de scholing of de geheimhoudingsverklaring "
        f"binnen {said('PAPERS_LAST_REMINDER_DAYS')}. Daarna heeft hij geen toegang meer. "
        "Kijk van wie.",
        "/beheer/papieren/",
    ),
    "papieren_bekijken": Mail(
        "Bekijk de papieren van een nieuwe collega",
        "Iemand kreeg een rol en wacht op een tweede persoon die de papieren bekijkt. "
        "Tot dan heeft die geen toegang.",
        "/beheer/papieren/",
    ),
    "bevestigen": Mail(
        "Bevestig welke collega's hun account nog nodig hebben",
        "Twee keer per jaar vragen wij welke collega's nog werken met het veiligheidshuis. "
        "Wie niet op tijd is bevestigd, ziet daarna niets meer.",
        "/beheer/collegas/",
    ),
    "bevestigen_herinnering": Mail(
        "Herinnering: bevestig uw collega's",
        "Er zijn nog collega's van wie wij niet weten of zij hun account nodig hebben. Na de "
        "laatste dag zien zij niets meer.",
        "/beheer/collegas/",
    ),
    "bevestigen_bureau": Mail(
        "Nog niet elke collega is bevestigd",
        "De laatste dag van de ronde nadert. Bel de organisaties die nog niet klaar zijn, en "
        "bevestig zelf de collega's van wie geen beheerder heeft.",
        "/beheer/collegas/",
    ),
    "accountuitnodiging": Mail(
        "Kies een wachtwoord voor het veiligheidshuis",
        "Er staat een account voor u klaar, of u vroeg om een nieuw wachtwoord. Kies het zelf: "
        f"de link werkt {said('INVITATION_DAYS')} en één keer. Vroeg u nergens om? Bel dan het "
        "bedrijfsbureau.",
        "/inloggen/",
        lead="Ga naar:",
    ),
    "accountuitnodiging_gevraagd": Mail(
        "Kijk mee: iemand is zijn wachtwoord kwijt",
        "Er is om een nieuwe link gevraagd voor wie zijn wachtwoord kwijt is. Een tweede persoon "
        "beslist daarover.",
        "/beheer/uitnodigingen/",
    ),
    "herstelcode": Mail(
        "Er is ingelogd met een herstelcode",
        "Iemand logde in op uw account met een van uw herstelcodes. Was u dat niet? "
        "Bel meteen het bedrijfsbureau.",
        "/account/inloggen/",
    ),
}
