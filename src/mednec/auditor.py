"""The hallway: a chart and a request in, an audit out; the only place that knows the order of the rooms."""
