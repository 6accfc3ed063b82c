"""FHIR R4 in, plain values out."""
