"""mednec reads a patient's chart and judges it as an auditor would, under the payer's policy in force on the date."""

__version__ = "0.1.0"
