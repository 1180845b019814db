"""The library of the compendium: what two scripts share, one module per concept of the field."""
