"""What may be published: primary rules, complementary hiding, an attacker that tries to get hidden cells back."""
