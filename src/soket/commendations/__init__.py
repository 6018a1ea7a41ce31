"""Layer 9: recognition that can show its grounds.

Words: *campaign* (đợt khen thưởng) of a review, *form* (hình thức: Bằng khen, Giấy khen, Kỷ niệm chương), *issuer* (who decides on a
form), *nomination* (đề nghị), *appraisal* (thẩm định) by the issuer and, where asked, by the partner (hiệp y), *council*, *decision*,
*award*, *certificate*, *ground* (the figure that an achievement rests on), *holding* (an achievement for which a form is held).
Invariants: nobody proposes and decides the same award (one side a person and nomination, in the database); one achievement is held by
one valid form (no two holdings of one recipient and programme overlap); a secret ballot is stored without its voter and every count can
be done again; numbers come from a register without gaps; what was awarded and cancelled stays in sight.
"""
