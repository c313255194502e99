"""Files that show what a voice says, attached by its author.

They are public as the voice is, hidden with it, and go with their author's data. How many, how
large and of which kinds stands in voices.toml.
"""

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.desk.actions.attachments import keep_beside
from gongzhi.desk.models import Attachment
from gongzhi.forum.models import Voice
from gongzhi.forum.posts import why_not_public
from gongzhi.intake.limits import MB
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.voices import VoiceRules, voice_rules

NO_FILE = Said("请选文件")
WRONG_KIND = Said("依据文件只收 JPEG、PNG 图片和 PDF")
TOO_BIG = Said("文件太大：一个最多 {most} MB")
TOO_MANY = Said("最多附 {most} 个文件；要换的，先撤回一个")
NAMED = Said("文件名：{problem}")


def attach_evidence(
    *, by: Member, voice: Voice, file: ScreenedFile | None, key: str | None = None
) -> Attachment:
    """Attach a file that was screened to one's own voice; raises Unsuitable if it can't be."""
    with act(by, "attach_evidence", on=voice, key=key) as record:
        rules = voice_rules(on=record.business_date)
        if file is None:
            raise Unsuitable({"file": NO_FILE})
        if problem := _problem(voice, file, rules=rules):
            raise Unsuitable({"file": problem})
        kept = keep_beside(voice.thing(), file, by=by, label=Attachment.Label.PUBLIC, record=record)
        record["number"] = voice.number
        record["fiscal_year"] = voice.fiscal_year
    return kept


def _problem(voice: Voice, file: ScreenedFile, *, rules: VoiceRules) -> Said | None:
    """What keeps the file from standing beside the voice."""
    if str(file.kind) not in rules.evidence_kinds:
        return WRONG_KIND
    if len(file.content) > rules.evidence_megabytes_max * MB:
        return Said(TOO_BIG.text, {"most": rules.evidence_megabytes_max})
    if problem := why_not_public(file.name):
        return Said(NAMED.text, {"problem": problem})
    standing = Attachment.objects.filter(
        about=voice.thing().name, stage=Attachment.Stage.ATTACHED
    ).count()
    if standing >= rules.evidence_files_max:
        return Said(TOO_MANY.text, {"most": rules.evidence_files_max})
    return None
