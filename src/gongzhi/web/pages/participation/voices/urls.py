"""The addresses of voices."""

from django.urls import path

from gongzhi.web.pages.participation.voices import became, lists, mine, proof, voice, writing

VOICES, VOICE = "participation/voices/", "participation/voices/<uuid:voice>/"

urlpatterns = [
    path(VOICES, lists.voices, name="voices"),
    path(f"{VOICES}late/", lists.voices_late, name="voices-late"),
    path(f"{VOICES}writing/", writing.voice_writing, name="voice-writing"),
    path(f"{VOICES}similar/", writing.voice_similar, name="voice-similar"),
    path(f"{VOICES}submit_voice/", writing.submit_voice, name="submit_voice"),
    path("participation/mine/", mine.voices_mine, name="voices-mine"),
    path(
        "participation/mine/proof/<int:year>.pdf",
        proof.participation_proof,
        name="participation-proof",
    ),
    path(
        "participation/projects/<uuid:project>/became/",
        became.project_voices_became,
        name="project-voices-became",
    ),
    path(
        "participation/processes/<uuid:process>/became/",
        became.process_voices_became,
        name="process-voices-became",
    ),
    path(VOICE, voice.voice, name="voice"),
    path(f"{VOICE}revise_voice/", voice.revise_voice, name="revise_voice"),
    path(f"{VOICE}withdraw_voice/", voice.withdraw_voice, name="withdraw_voice"),
    path(f"{VOICE}attach_evidence/", voice.attach_evidence, name="attach_evidence"),
    path(f"{VOICE}ask_voice_supplement/", voice.ask_voice_supplement, name="ask_voice_supplement"),
    path(f"{VOICE}support_voice/", voice.support_voice, name="support_voice"),
    path(f"{VOICE}withdraw_support/", voice.withdraw_support, name="withdraw_support"),
    path(f"{VOICE}offer_resources/", voice.offer_resources, name="offer_resources"),
    path(f"{VOICE}answer_voice/", voice.answer_voice, name="answer_voice"),
    path(f"{VOICE}adopt_suggestion/", voice.adopt_suggestion, name="adopt_suggestion"),
    path(f"{VOICE}merge_voices/", voice.merge_voices, name="merge_voices"),
    path(f"{VOICE}unmerge_voice/", voice.unmerge_voice, name="unmerge_voice"),
    path(f"{VOICE}urge_voice/", voice.urge_voice, name="urge_voice"),
]
