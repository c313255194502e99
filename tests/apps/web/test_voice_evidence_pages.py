"""Files beside a voice as pages: sent without a script, cleaned, downloaded, gone where hidden."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.forum.test_voices import NEED, a_demo, bureau, citizen, promised, resident, said
from apps.web.test_voice_pages import of, page, post
from gongzhi.desk.models import Attachment
from gongzhi.desk.models.attachments import content_digest
from gongzhi.forum.actions import moderation
from intake.test_pictures import PLACE, exif, photo, segment
from verified import VerifiedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "promised", "resident"]
NAME = "路口现场.jpg"


def taken(name: str = NAME) -> SimpleUploadedFile:
    """A photo as a telephone makes it: with the place where it was taken."""
    return SimpleUploadedFile(name, photo(segment(0xE1, exif(1)), after=PLACE))


def test_a_photo_is_kept_without_its_place_and_only_downloaded(promised, resident):
    voice, client = said(resident, promised, NEED), of(resident)
    assert 'id="attach_evidence"' in page(client, "voice", voice.pk)
    post(client, "attach_evidence", voice.pk, file=taken())
    kept = Attachment.objects.get()
    anybody = VerifiedClient()
    shown = page(anybody, "voice", voice.pk)
    assert NAME in shown
    assert "图片 · " in shown
    assert 'id="attach_evidence"' not in shown
    answer = anybody.get(reverse("attachment-download", args=[kept.pk]))
    assert answer.content == photo()
    assert PLACE not in answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    assert kept.content_id == content_digest(photo())
    assert NAME in page(anybody, "attachment", kept.pk)


def test_what_does_not_suit_says_why_and_leaves_nothing(promised, resident):
    voice, client = said(resident, promised, NEED), of(resident)
    csv = SimpleUploadedFile("表.csv", "甲,乙\n".encode())
    program = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00 program")
    for given, why in (
        ({}, "请选文件"),
        ({"file": csv}, "依据文件只收"),
        ({"file": program}, "error-summary"),
        ({"file": taken("13800138000.jpg")}, "文件名："),
    ):
        assert why in post(client, "attach_evidence", voice.pk, status=422, **given)
    assert not Attachment.objects.exists()


def test_a_stranger_neither_attaches_nor_sees_the_form(promised, resident):
    voice, stranger = said(resident, promised, NEED), of(citizen("居民乙"))
    assert 'id="attach_evidence"' not in page(stranger, "voice", voice.pk)
    post(stranger, "attach_evidence", voice.pk, status=403, file=taken())
    assert not Attachment.objects.exists()


def test_5_17_of_a_hidden_voice_no_stranger_reads_the_files(promised, resident, unit):
    voice, client = said(resident, promised, NEED), of(resident)
    post(client, "attach_evidence", voice.pk, file=taken())
    kept = Attachment.objects.get()
    address = reverse("attachment", args=[kept.pk])
    assert address in page(VerifiedClient(), "search", query="?q=路口现场")
    moderation.hide_post(
        by=unit.officer, post=voice.posted(), category="advertising", reason="是广告"
    )
    for reader in (VerifiedClient(), of(citizen("居民乙")), of(unit.officer)):
        assert NAME not in page(reader, "voice", voice.pk)
        assert NAME not in page(reader, "attachments", "voice", voice.pk)
        assert address not in page(reader, "search", query="?q=路口现场")
        page(reader, "attachment", kept.pk, status=404)
        page(reader, "attachment-download", kept.pk, status=404)
    assert NAME in page(client, "voice", voice.pk)
    own = client.get(reverse("attachment-download", args=[kept.pk]))
    assert own.content == photo()


def test_its_author_takes_a_file_back_with_a_reason(promised, resident):
    voice, client = said(resident, promised, NEED), of(resident)
    post(client, "attach_evidence", voice.pk, file=taken())
    kept = Attachment.objects.get()
    post(client, "withdraw_attachment", kept.pk, status=422)
    post(client, "withdraw_attachment", kept.pk, reason="附错了")
    assert NAME not in page(client, "voice", voice.pk)
    page(VerifiedClient(), "attachment-download", kept.pk, status=404)
    page(client, "attachment", kept.pk)
