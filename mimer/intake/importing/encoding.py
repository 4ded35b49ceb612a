"""In which encoding a text file is, decided with evidence: the whole file is read once, nothing is guessed from its name."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

# What ğ ı ş Ğ İ Ş are in windows-1254; in the western tables these are Icelandic letters nobody here writes.
TURKISH_BYTES = frozenset(b"\xf0\xfd\xfe\xd0\xdd\xde")
UNDEFINED_IN_1254 = frozenset(b"\x81\x8d\x8e\x8f\x90\x9d\x9e")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1254": "Windows-1254", "latin-1": "Latin-1"}


@dataclass
class Evidence:
    """What was counted while the bytes went by."""

    bom: str = ""
    is_utf8: bool = True
    beyond_ascii: bool = False
    first_line_not_utf8: int = 0
    turkish: int = 0
    undefined: int = 0

    @property
    def encoding(self) -> str:
        """The encoding the evidence speaks for."""
        if self.bom:
            return self.bom
        if self.is_utf8:
            return "utf-8"
        return "latin-1" if self.undefined or not self.turkish else "cp1254"

    def sentence(self) -> str:
        """What was found, for the one who imports; "" where there is nothing to say."""
        if self.is_utf8 or self.bom:
            return ""
        told = {"line": self.first_line_not_utf8, "encoding": NAMES[self.encoding], "letters": self.turkish}
        if self.encoding == "cp1254":
            return (
                _(
                    "Dosya UTF-8 değil (ilk kez %(line)d. satırda belli oluyor); %(letters)d Türkçe harf bulunduğu için"
                    " %(encoding)s olarak okunuyor."
                )
                % told
            )
        return _("Dosya UTF-8 değil (ilk kez %(line)d. satırda belli oluyor); %(encoding)s olarak okunuyor.") % told


def weigh(blocks: Iterable[bytes]) -> Evidence:
    """Reads all blocks once and says what speaks for which encoding."""
    evidence, decoder = Evidence(), codecs.getincrementaldecoder("utf-8")()
    line, first = 1, True
    for block in blocks:
        if first:
            evidence.bom = next((name for bom, name in BOMS if block.startswith(bom)), "")
            first = False
        if evidence.is_utf8:
            try:
                evidence.beyond_ascii |= not decoder.decode(block).isascii()
            except UnicodeDecodeError as error:
                evidence.is_utf8, evidence.first_line_not_utf8 = False, line + error.object.count(b"\n", 0, error.start)
        evidence.turkish += sum(block.count(byte) for byte in TURKISH_BYTES)
        evidence.undefined += sum(block.count(byte) for byte in UNDEFINED_IN_1254)
        line += block.count(b"\n")
    if evidence.is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            evidence.is_utf8, evidence.first_line_not_utf8 = False, line
    return evidence


def contradiction(chosen: str, evidence: Evidence) -> str:
    """The sentence that says why the encoding somebody chose cannot be the file's, or ""."""
    try:
        name = codecs.lookup(chosen).name
    except LookupError:
        return _("“%(name)s” diye bir karakter kodlaması bilinmiyor.") % {"name": chosen}
    if name.startswith("utf-8") and not evidence.is_utf8:
        return _(
            "Dosya UTF-8 değil: %(line)d. satırda UTF-8 olmayan bir karakter var. --encoding %(better)s deneyin."
        ) % {"line": evidence.first_line_not_utf8, "better": evidence.encoding}
    if not name.startswith("utf") and (evidence.bom or (evidence.is_utf8 and evidence.beyond_ascii)):
        return _("Dosya %(name)s; %(chosen)s ile okunursa harfler bozulur. --encoding vermeyin.") % {
            "name": NAMES[evidence.encoding],
            "chosen": chosen,
        }
    return ""
