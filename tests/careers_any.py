"""Any answers that a respondent can give to the questions on careers, for properties."""

from cryptodrug.careers.drugs import DRUGS
from hypothesis import strategies as st

CODE = st.sampled_from([None, -9, -8, -6, 0, 1, 2, 3, 4, 5])
ANSWERS = st.fixed_dictionaries(
    {"use1_order": st.sampled_from([None, -9, 1, 1, 1, 2, 3, 4])}
    | dict.fromkeys(("main_bf", "main_nw", "sub_any", "sub_from", "sub_to", "sub_kind", "sub_src"), CODE)
    | dict.fromkeys(("prob_bf", "prob_nw", "prob_drug", "red_any", "red_drug"), CODE)
    | {f"ever_{drug}": st.sampled_from([None, -8, 0, 0, 1, 1, 2]) for drug in DRUGS}
    | {f"{stem}_{drug}": CODE for stem in ("bf_freq", "bf_amt", "nw_freq", "nw_amt") for drug in DRUGS}
)
