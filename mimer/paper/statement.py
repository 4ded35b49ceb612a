"""The statement: a plain document of headings, facts, tables and paragraphs, for reports and notices of the house."""

from dataclasses import dataclass

from mimer.paper.identity import Identity
from mimer.paper.press import press


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with facts (name and value), a table under its own headings, and paragraphs."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Every text of the document; `draft` is the word printed across it while it is not signed."""

    language: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    printed: str = ""
    draft: str = ""


def statement_pdf(statement: Statement, identity: Identity) -> bytes:
    """Print a statement as PDF."""
    return press(
        "statement",
        {
            "identity": identity.as_data(),
            "language": statement.language,
            "title": statement.title,
            "subtitle": statement.subtitle,
            "printed": statement.printed,
            "draft": statement.draft,
            "sections": [
                {
                    "heading": section.heading,
                    "facts": section.facts,
                    "columns": section.columns,
                    "rows": section.rows,
                    "paragraphs": section.paragraphs,
                }
                for section in statement.sections
            ],
        },
    )
