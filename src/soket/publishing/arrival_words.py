"""What is said of things that could not be taken from an older newspaper's archive."""
from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Promise | str
# Why a file as a whole cannot be read.
WHOLE: dict[str, Words] = {
    "bomb": _("The XML file declares entities or a document type of its own. Such files are not read, because they can be made to fill the memory."),
    "not_xml": _("The file is not well-formed XML. Export it again, then bring that."),
    "no_feed": _("The XML file is neither a WordPress export nor RSS or Atom."),
    "not_utf8": _("The file is not in UTF-8. Save it as UTF-8, then bring that."),
    "not_csv": _("The CSV file has a row that cannot be read, for example an open quotation mark."),
    "no_head": _("The first row of the CSV file must name its columns, among them title and body."),
    "not_json": _("The file is not JSON that can be read."),
    "no_list": _("The JSON file is neither a list of articles nor an object with a list named articles."),
    "too_many": _("The file holds more than 20,000 articles. Divide it."),
    "empty": _("The file holds no article."),
    "bad_zip": _("The ZIP of photographs is damaged or has too many files."),
}
# What is wrong with one article or with the file around it. `…` stands for the thing itself.
ONE: dict[str, Words] = {
    "no_title": _("It has no title."), "no_date": _("It has no day of publication."), "future": _("Its day of publication is still to come"),
    "no_text": _("It has no text."), "short": _("It has a single sentence: nothing would stand under the lead."),
    "long_body": _("Its text is longer than 40,000 signs"), "unpublished": _("It was not published there; its state was"),
    "private": _("It was protected by a password there."), "kind": _("It is not an article but"),
    "twice": _("The same old address stands in the file before."),
    "already": _("It was taken over before and stands at"), "refused": _("Its text cannot be kept"), "bad_row": _("The row does not fit the head."),
    "long_title": _("The title was cut to 200 signs; it was"), "long_byline": _("The byline was cut to 200 signs; it was"),
    "long_source": _("The source was cut to 200 signs; it was"), "long_caption": _("A caption was cut to 500 signs"),
    "brackets": _("Double brackets were set apart, because here they would mark a figure."), "teaser": _("The feed has only a summary of it."),
    "bad_date": _("A date that cannot be read"), "bad_value": _("A value that is no text"),
    "shortcode": _("A shortcode of WordPress was left out"),
    "dropped": _("An element was left out"), "nested": _("A table inside a table became text."),
    "merged": _("A table had merged cells; they were taken apart."),
    "link": _("A link that leads nowhere became text"), "picture_missing": _("A photograph is not in the ZIP"),
    "picture_no_alt": _("A photograph has neither words for those who cannot see it nor a caption"), "picture_twice": _("A photograph stood there twice"),
    "picture_placed": _("A photograph stood inside a line and was left out."), "picture_inline": _("A photograph written into the text was left out."),
    "picture_many": _("Only sixty photographs of an article are taken."), "picture_broken": _("A photograph in the ZIP is damaged"),
    "picture_refused": _("A photograph was refused"), "slug": _("Its address was taken by another article; it has a new one"),
    "no_redirect": _("The old address does not lead on"), "column": _("A column that nobody reads"),
    "zip_path": _("A file in the ZIP leads out of it and was passed over"), "zip_locked": _("A file in the ZIP is locked and was passed over"),
    "zip_bomb": _("A file in the ZIP unpacks far beyond its size and was passed over"),
}


def said(code: str, words: str) -> str:
    """One thing in a sentence: what is wrong, then the thing itself."""
    told = str(ONE[code])
    return f"{told}: {words}" if words and not told.endswith(".") else told
