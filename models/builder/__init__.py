"""Parts of the model builder: weights, calibration, rounding, graph."""
