"""The rules: answers in, outcome out. Pure, standard library only; ids in, ids out, no words."""
