"""Pages of surveys: answering, what came of them, preparing and running them."""
