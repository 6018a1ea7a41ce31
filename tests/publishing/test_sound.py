"""The article as sound: brought or read by the machine, made ready, given to the public, out of date after a correction, taken back."""
from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.publishing import queries, rules, shelving
from soket.publishing.actions import approve, publish, send_for_approval, withdraw
from soket.publishing.actions import sound as actions
from soket.publishing.models import Narration, NarrationState
from soket.publishing.queries import sound as reads
from soket.publishing.release import plain_text
from tests.factories import publishing as make
from tests.factories import publishing_sound as make_sound
from tests.factories import reporting as people
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGE = "/toa-soan/bai/ket-qua-so-ket/am-thanh/"


def on_shelf(desk: make.Desk) -> dict[str, Any]:
    """What the public store has of the article's sound."""
    shelving.shelve(desk.article.pk)
    found = queries.kept(desk.article.slug)
    assert found is not None
    return dict(found.extra.get("audio", {}))


def test_a_recording_goes_from_the_desk_to_the_public_and_back(desk: make.Desk) -> None:
    copy = make.released(desk)
    row = make_sound.kept(desk.article, desk.editor)
    assert (row.state, row.kind, row.reader, row.revision_id) == ("waiting", "recorded", make_sound.READER, copy.revision_id)
    assert row.text_digest == reads.digest_of(plain_text(queries.kept(desk.article.slug).content))  # type: ignore[union-attr]
    digest = make_sound.worked(row)
    row = make_sound.fresh(row)
    assert (row.state, row.mp3.sha256, row.duration, len(row.waveform)) == ("ready", digest, 2500, 200)
    assert abs(row.loudness + 1600) <= 100
    assert make_sound.worked(row) == digest  # a second run changes nothing
    assert on_shelf(desk) == {}
    make_sound.heard(desk, row)
    assert on_shelf(desk) == {
        "kind": "recorded", "reader": make_sound.READER, "voice": "", "copy": 1, "stale": False, "duration": 2500, "waveform": row.waveform,
        "mp3": {"sha256": row.mp3.sha256, "size": row.mp3.size}, "opus": {"sha256": row.opus.sha256, "size": row.opus.size},
    }
    actions.withdraw_sound(narration=row, reason="Đọc sai tên xã", by=desk.publisher, at=make.AT)
    assert on_shelf(desk) == {}
    told = Event.objects.filter(name__startswith="publishing.sound").order_by("pk").values_list("name", flat=True)
    assert [name.split("_")[-1] for name in told] == ["kept", "ready", "released", "withdrawn"]


def test_the_public_hears_ranges_of_what_was_given_and_nothing_else(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    row = make_sound.heard(desk, make_sound.ready(desk.article, desk.editor))
    other = make_sound.ready(desk.article, desk.editor, make_sound.tone(level=0.2))
    shelving.shelve(desk.article.pk)
    address = f"/cong-bo/tep/{row.opus.sha256}.opus"
    answer = client.get(address, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"OggS")
    assert (answer["Content-Type"], answer["Content-Range"]) == ("audio/ogg", f"bytes 0-3/{row.opus.size}")
    assert client.head(address)["Content-Length"] == str(row.opus.size)
    for private in (row.original.sha256, other.mp3.sha256):
        assert client.get(f"/cong-bo/tep/{private}.mp3").status_code == 404
        assert client.get(reverse("files:get", args=[private])).status_code == 404
    withdraw(article=desk.article, reason="Sai số", by=desk.publisher, at=make.AT)
    shelving.shelve(desk.article.pk)
    assert client.get(address).status_code == 404


def test_a_corrected_text_makes_the_reading_out_of_date_until_it_is_read_again(desk: make.Desk) -> None:
    make.released(desk)
    first = make_sound.heard(desk, make_sound.ready(desk.article, desk.editor))
    make.released(desk, at=make.CORRECTED_AT, lead="Kết quả đã được đối chiếu lại.", note="Sửa câu mở đầu")
    told = on_shelf(desk)
    assert (told["copy"], told["stale"], told["mp3"]["sha256"]) == (1, True, first.mp3.sha256)
    second = make_sound.heard(desk, make_sound.ready(desk.article, desk.editor, make_sound.tone(level=0.2)))
    told = on_shelf(desk)
    assert (told["copy"], told["stale"], told["mp3"]["sha256"]) == (2, False, second.mp3.sha256)
    make.released(desk, at=make.CORRECTED_AT, note="Trở lại câu mở đầu")  # the first text again: its own reading fits once more
    told = on_shelf(desk)
    assert (told["copy"], told["stale"], told["mp3"]["sha256"]) == (3, False, first.mp3.sha256)


def test_a_reading_of_an_approved_text_waits_for_it(desk: make.Desk) -> None:
    revision = make.revised(desk)
    with pytest.raises(Refused, match="đã được duyệt hoặc đã công bố"):
        make_sound.kept(desk.article, desk.editor)
    send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    approve(revision=revision, by=desk.publisher, at=make.AT)
    row = make_sound.heard(desk, make_sound.ready(desk.article, desk.editor))
    assert reads.current(desk.article) is None
    assert shelving.shelved(desk.article) is None
    publish(revision=revision, by=desk.publisher, at=make.AT)
    assert on_shelf(desk)["mp3"]["sha256"] == row.mp3.sha256
    assert reads.current(desk.article) == reads.Current(row, 1, stale=False)


def test_the_machine_reads_the_words_of_the_released_copy(desk: make.Desk) -> None:
    copy = make.released(desk, body="Có {{01}} buổi; [[12 đơn vị]] dự.", lead="Ngắn.")
    row = actions.ask_machine(article=desk.article, voice="espeak-vi", by=desk.editor, at=make.AT)
    assert make_sound.worked(row)
    row = make_sound.fresh(row)
    assert (row.kind, row.reader, row.voice, row.original, row.state) == ("machine", "", "espeak-ng, tiếng Việt", None, "ready")
    assert row.duration > 2000
    assert row.text_digest == reads.digest_of(reads.text_of(copy.revision, make.CORRECTED_AT))
    with pytest.raises(Refused) as refused:
        actions.ask_machine(article=desk.article, voice="khong-co", by=desk.editor, at=make.AT)
    assert refused.value.field == "voice"


def test_what_cannot_be_heard_fails_with_its_reason_in_both_languages(desk: make.Desk) -> None:
    make.released(desk)
    row = make_sound.kept(desk.article, desk.editor, make_sound.tone(level=0.0))
    make_sound.worked(row)
    row = make_sound.fresh(row)
    assert row.state == NarrationState.FAILED
    assert row.fault["en"] == "Nothing is heard in the recording: it is silent, or far too quiet."
    assert row.fault["vi"] == "Không nghe được gì trong bản thu: bản thu im lặng hoặc quá nhỏ."
    with pytest.raises(Refused, match="đã sẵn sàng"):
        make_sound.heard(desk, row)


def test_each_step_belongs_to_its_office(desk: make.Desk) -> None:
    make.released(desk)
    centre = desk.world.land.police["centre"]
    technician = people.person("thu-am", sound=centre)
    assert rules.may_sound(technician, centre.pk, make.AT.date())
    row = make_sound.ready(desk.article, technician)
    for stranger in (desk.stranger, desk.publisher):
        with pytest.raises(Refused, match="không phụ trách âm thanh"):
            make_sound.kept(desk.article, stranger)
    for other in (technician, desk.editor, desk.stranger):
        with pytest.raises(Refused, match="không duyệt bài"):
            actions.release_sound(narration=row, by=other, at=make.AT)
    make_sound.heard(desk, row)
    with pytest.raises(Refused, match="chưa phát"):
        make_sound.heard(desk, row)
    with pytest.raises(Refused) as refused:
        actions.withdraw_sound(narration=row, reason=" ", by=desk.publisher, at=make.AT)
    assert refused.value.field == "reason"


@pytest.mark.parametrize(("content", "name", "reader", "field"), [
    (b"%PDF-1.4 %%EOF", "a.pdf", "Phát thanh viên", "file"), (b"", "a.wav", "Phát thanh viên", "file"), (None, "a.wav", " ", "reader"),
])
def test_what_is_no_recording_or_has_no_reader_is_not_kept(desk: make.Desk, content: bytes | None, name: str, reader: str, field: str) -> None:
    make.released(desk)
    upload = actions.Upload(make_sound.tone() if content is None else content, name)
    with pytest.raises(Refused) as refused:
        actions.keep_recording(article=desk.article, upload=upload, reader=reader, by=desk.editor, at=make.AT)
    assert list(refused.value.errors) == [field]
    assert not Narration.objects.exists()


def test_the_page_shows_every_reading_under_one_count_of_queries(desk: make.Desk, client: LintingClient, django_assert_num_queries: Any) -> None:
    make.released(desk)
    make_sound.ready(desk.article, desk.editor)
    client.force_login(desk.both)
    client.get(PAGE)
    with django_assert_num_queries(13):
        client.get(PAGE)
    for level in (0.2, 0.3):
        make_sound.ready(desk.article, desk.editor, make_sound.tone(level=level))
    with django_assert_num_queries(13):
        page = client.get(PAGE).content.decode()
    assert page.count("<audio") == 3
    assert "−16," in page
    assert page.count("Đã nghe, phát công khai") == 3


def test_the_page_brings_a_recording_and_shows_what_became_of_it(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    client.force_login(desk.editor)
    sent = BytesIO(make_sound.tone())
    sent.name = "bài đọc.wav"
    assert "Ô này không được để trống." in client.post(PAGE, {"reader": ""}).content.decode()
    assert client.post(PAGE, {"file": sent, "reader": make_sound.READER}).status_code == 302
    row = Narration.objects.get()
    page = client.get(PAGE).content.decode()
    assert "Tiến trình xử lý nền chưa chạy" in page
    assert make_sound.READER in page
    make_sound.worked(row)
    assert "Chờ người phụ trách công bố" in client.get(PAGE).content.decode()
    for kind, start in (("mp3", b"ID3"), ("opus", b"OggS"), ("goc", b"RIFF")):
        answer = client.get(f"{PAGE}{row.pk}/{kind}", headers={"Range": "bytes=0-3"})
        assert b"".join(answer.streaming_content).startswith(start)
        assert answer["Cache-Control"] == "private, no-store"
    assert client.get(f"{PAGE}{row.pk}/khac").status_code == 404
    client.force_login(desk.publisher)
    assert client.post(f"{PAGE}{row.pk}/phat/").status_code == 302
    shelving.shelve(desk.article.pk)
    assert "Đang phát ở trang bài" in client.get(PAGE).content.decode()
    assert "Lý do gỡ bản đọc" in client.get(f"{PAGE}{row.pk}/go/").content.decode()
    assert client.post(f"{PAGE}{row.pk}/go/", {"reason": "Đọc sai tên xã"}).status_code == 302
    assert "Đã gỡ" in client.get(PAGE).content.decode()
    fragment = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="readings"')


def test_the_page_lets_the_machine_read_and_says_when_no_voice_is_installed(
    desk: make.Desk, client: LintingClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    make.released(desk)
    client.force_login(desk.editor)
    assert client.post(f"{PAGE}may/", {"voice": "espeak-vi"}).status_code == 302
    assert Narration.objects.get().voice == "espeak-ng, tiếng Việt"
    monkeypatch.setenv("PATH", str(tmp_path))
    page = client.get(PAGE).content.decode()
    assert "Máy chủ chưa cài giọng đọc nào" in page
    assert "apt install espeak-ng" in page


def test_outside_its_office_the_sound_is_nowhere(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    row = make_sound.ready(desk.article, desk.editor)
    reporter = people.person("phong-vien", write=desk.world.land.police["centre"])
    for outsider in (desk.stranger, reporter):
        client.force_login(outsider)
        for address in (PAGE, f"{PAGE}{row.pk}/mp3", f"{PAGE}{row.pk}/go/"):
            assert client.get(address).status_code == 404
        assert client.post(f"{PAGE}{row.pk}/phat/").status_code == 404
        assert client.post(f"{PAGE}may/", {"voice": "espeak-vi"}).status_code == 404
    client.logout()
    assert client.get(f"{PAGE}{row.pk}/mp3").status_code == 302


def test_the_article_has_a_player_that_says_which_copy_is_read(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    assert "sound-player" not in client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    row = make_sound.heard(desk, make_sound.ready(desk.article, desk.editor))
    shelving.shelve(desk.article.pk)
    page = client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    for file, ending in ((row.opus, "opus"), (row.mp3, "mp3")):
        assert f'<source src="/cong-bo/tep/{file.sha256}.{ending}"' in page
    assert "khớp với bản 1" in page
    assert make_sound.READER in page
    assert 'preload="none"' in page
    assert "autoplay" not in page
    assert row.original.sha256 not in page
    make.released(desk, at=make.CORRECTED_AT, lead="Kết quả đã được đối chiếu lại.", note="Sửa câu mở đầu")
    assert "bản đọc của bản 1, bài đã được sửa sau đó" in client.get("/cong-bo/ket-qua-so-ket/").content.decode()
