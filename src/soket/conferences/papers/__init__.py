"""Official papers of a conference in the layout of Decree 30/2020/NĐ-CP; always in Vietnamese, from plain data.

Kinds of the decree's Appendix III: giấy mời (invitation), biên bản (minutes), thông báo (notice), chương trình (agenda); the attendance
list is an annex (phụ lục). What is not known is a dotted blank, never a guess.
"""
