"""Makes the demo's population. Run by hand, seldom: what it wrote is in `../population`.

    python -m steadwell.site.demo.make_population SYNTHEA_FOLDER

It needs the development extras (carebundle) and a Synthea export; see `../population/ORIGIN.md`.
The same inputs give the same bytes.
"""
