"""What the product says, in Chinese (the message ids) and English (words/en/*.po)."""

from gongzhi.words.saying import LANGUAGES, say, translate

__all__ = ["LANGUAGES", "say", "translate"]
