"""What a study of a given size could tell: expected widths of its intervals, before anything is downloaded."""
