"""The documents of the furnished house: the name, the title and every word in them are canaries."""

from typing import TYPE_CHECKING

from cases import operations as casework
from cases.models import Case, DocumentCategory, DocumentGround
from cases.tasks import scan_document
from tests import situations
from tests.cases.files import a_docx
from veiligheidshuis import terms, uploads
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.scanner import Verdict

if TYPE_CHECKING:
    from tests.house.world import World


def bring_in_documents(world: "World", case: Case) -> None:
    """One for who leads, one about housing, one that waits, one that did harm, one taken back."""
    samira = situations.user("samira")
    for category, seen in (
        (DocumentCategory.REGIE, "samira"),
        (DocumentCategory.GEZONDHEID, "samira"),
        (DocumentCategory.HUISVESTING, "samira politie"),
    ):
        pk = _bring_in(world, case, category, seen)
        assert scan_document(pk, as_user=samira.pk) == "schoon"
    _bring_in(world, case, DocumentCategory.JUSTITIE, "samira", opened="")
    with acting_as(samira.pk):
        for gone in ("besmet", "teruggenomen"):
            pk = _bring_in(world, case, DocumentCategory.HUISVESTING, "samira", opened="")
            document = case.documents.without_file().select_related("case").get(pk=pk)
            if gone == "besmet":
                casework.refuse_document(document, Verdict("Eicar", "ClamAV"), by=samira)
            else:
                because = world.canary("waarom een stuk is teruggenomen", "samira")
                casework.take_back_document(document, because=because, by=samira)


def _bring_in(
    world: "World", case: Case, category: str, seen: str, *, opened: str | None = None
) -> str:
    """Its id. What stands in a file is for nobody (`opened`) while it was not looked at."""
    samira = situations.user("samira")
    read = world.canary(f"in een stuk over {category}", seen) if opened is None else "Zomaar."
    file = uploads.examine(
        f"{world.canary(f'naam van een stuk over {category}', seen)}.docx", a_docx(read)
    )
    about = casework.AboutDocument(
        title=world.canary(f"titel van een stuk over {category}", seen),
        category=category,
        ground=DocumentGround.DEELNEMER,
        supplier=situations.organisation("politie"),
        keep_until=terms.last_day("bewaren"),
    )
    with acting_as(samira.pk):
        return str(casework.add_document(case, about, file, by=samira).pk)
