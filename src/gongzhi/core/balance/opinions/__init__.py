"""Groups of opinion: who answers statements alike, what each group says, what unites all."""
