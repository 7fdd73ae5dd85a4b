"""Rasa's side of the bot (Python 3.10): the only place that imports rasa.

The environment is set here because it is read when libraries are loaded: scikit-learn and the encoder share one
OpenMP library, and with more than one thread a short sentence takes ten times as long on a busy machine (measured).
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
