"""How much of what is traced got where: bounds, exact figures, and what no row tells of."""
