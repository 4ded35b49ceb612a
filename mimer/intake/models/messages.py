"""Messages that came in: their words, their files, and the whole of them as they arrived."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .contacts import Contact


class MessageKind(models.TextChoices):
    """What a message is; only words of a person wait for an agent."""

    WORDS = "words", _("Yazı")
    AUTO_REPLY = "auto_reply", _("Otomatik yanıt")
    BOUNCE = "bounce", _("Geri dönen ileti")
    UNREADABLE = "unreadable", _("Okunamayan ileti")
    SPAM = "spam", _("İstenmeyen ileti")


class IncomingMessage(models.Model):
    """Gelen ileti: the words of a contact in writing; what cannot be read is kept whole and shown as such."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="message")
    kind = models.CharField(max_length=12, choices=MessageKind.choices, default=MessageKind.WORDS)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    # What she only quoted or signed with; folded away on the page.
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="Already made safe")
    in_reply_to = models.CharField(max_length=200, blank=True)
    raw = models.FileField(upload_to="incoming/%Y/%m/", blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Neden okunamadı"))

    class Meta:
        ordering = ["contact__started_at", "id"]
        indexes = [
            models.Index(fields=["in_reply_to"], condition=~models.Q(in_reply_to=""), name="incoming_in_reply_to")
        ]


class IncomingFile(models.Model):
    """Gelen iletinin eki: checked like every upload; one that is refused is named, says why, and stays in the raw one."""

    message = models.ForeignKey(IncomingMessage, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to="incoming/%Y/%m/", blank=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    refused = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
