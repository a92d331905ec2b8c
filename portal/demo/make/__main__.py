"""Write every file: ``python -m portal.demo.make``."""

from __future__ import annotations

from portal.demo.loader.content import FILES
from portal.demo.make import office, paper, scan, slides, tower_class, video

DOCUMENTS = FILES / "documents"


def main() -> None:
    """All documents, then the film."""
    paper.leak_handbook(DOCUMENTS / "leak-stopping-handbook.pdf")
    paper.joint_atlas(DOCUMENTS / "joint-atlas.pdf")
    scan.tower_notes(DOCUMENTS / "tower-notes-scan.pdf")
    slides.seven_words(DOCUMENTS / "seven-words-slides.pptx")
    tower_class.tower_class(DOCUMENTS / "tower-front-class.pptx")
    office.five_musts_guide(DOCUMENTS / "five-musts-guide.docx")
    office.plug_training_plan(DOCUMENTS / "plug-training-plan.docx")
    office.round_records(DOCUMENTS / "carbonation-round-records.xlsx")
    office.stacking_parameters(DOCUMENTS / "stacking-parameters.xlsx")
    video.wooden_plug(FILES / "video" / "wooden-plug.mp4")


if __name__ == "__main__":
    main()
