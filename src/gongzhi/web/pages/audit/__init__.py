"""Looking through payments, payees, contracts and signals, as far as the reader may read them."""
