"""The room of the people's congress: what it asked, who answers until when, what it found."""
