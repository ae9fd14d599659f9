namespace Steelyard.Analysis.Policies.Scaling.Forecasts;

/// <summary>
/// Additive triple exponential smoothing: a level, a trend, and what each part of a season is above or below
/// (Winters 1960, "Forecasting sales by exponentially weighted moving averages"; Hyndman and Athanasopoulos,
/// "Forecasting: Principles and Practice", section 8.3). The first season is taken as it is.
/// </summary>
public sealed class HoltWinters
{
    readonly HoltWintersWeights _weights;
    readonly double[] _season;

    double _level;
    double _trend;
    int _seen;

    /// <param name="parts">Parts of a season, at least 1.</param>
    /// <param name="weights">How much the newest counts.</param>
    public HoltWinters(int parts, HoltWintersWeights weights) =>
        (_season, _weights) = (new double[parts], weights);

    /// <summary>Whether a season was seen, so that there is a forecast.</summary>
    public bool IsReady => _seen >= _season.Length;

    /// <summary>Sees the next value.</summary>
    public void Add(double value)
    {
        var part = _seen % _season.Length;
        if (!IsReady)
        {
            _season[part] = value;
            if (++_seen == _season.Length)
                Begin();
            return;
        }

        var before = _level;
        _level = (_weights.Level * (value - _season[part]))
            + ((1 - _weights.Level) * (before + _trend));
        _trend = (_weights.Trend * (_level - before)) + ((1 - _weights.Trend) * _trend);
        _season[part] = (_weights.Season * (value - _level)) + ((1 - _weights.Season) * _season[part]);
        _seen++;
    }

    /// <summary>The value that is so many ahead of the last one seen.</summary>
    /// <param name="ahead">How many, at least 1.</param>
    public double Forecast(int ahead) =>
        _level + (ahead * _trend) + _season[(_seen + ahead - 1) % _season.Length];

    void Begin()
    {
        _level = _season.Average();
        for (var part = 0; part < _season.Length; part++)
            _season[part] -= _level;
    }
}

/// <summary>How much the newest value counts against all before it, each from 0 to 1.</summary>
/// <param name="Level">For the level.</param>
/// <param name="Trend">For the trend.</param>
/// <param name="Season">For the part of the season.</param>
public readonly record struct HoltWintersWeights(double Level, double Trend, double Season);
