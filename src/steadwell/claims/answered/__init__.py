"""Reading what came back: what each code means, how a claim stands, whether every cent is placed."""
