"""After a claim: which ways lead on, how a case stands, what is known about denials, and papers."""
