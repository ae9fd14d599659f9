namespace Steelyard.Analysis.Policies.Scaling.Forecasts;

/// <summary>
/// Capacity for the demand that is forecast until an instance that is asked for now would serve. Until a
/// season was seen it goes by the demand that there is.
/// </summary>
internal sealed class PredictivePolicy : IScalingPolicy, IForecasting
{
    readonly ScalingSettings _settings;
    readonly IScalingPolicy? _beside;
    readonly HoltWinters _demand;
    readonly TimeSpan _part;
    readonly double _margin;
    readonly int _ahead;
    readonly Queue<double> _forecasts = new();

    double _sum;
    int _count;
    long _current;
    double _distance;
    double _came;

    PredictivePolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _beside = LargerOf.Beside(given, settings);
        _part = given.TimeAbove0("part");
        _margin = given.Share("margin");
        var parts = given.TimeAbove0("season") / _part;
        if (parts < 1 || parts != Math.Floor(parts))
            throw ScalingWords.Wrong(given.Place("season"), "a whole number of parts", given.Text("season"));
        _demand = new((int)parts, new(
            given.Share("level"), given.Share("trend"), given.Share("seasonal")));
        // What is asked for now serves after the start, and what is measured is late already.
        var horizon = settings.StartUp + settings.MetricsDelay + Period;
        _ahead = (int)Math.Ceiling(horizon / _part) + 1;
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "predictive", "Capacity for what is forecast: level, trend and season (Holt and Winters)",
        "Winters 1960; as predictive scaling of Amazon and Azure is meant",
        [
            new("season", "after which demand repeats", "24h"),
            new("part", "what a season is cut into", "5m"),
            new("level", "how much the newest counts for the level", "0.3"),
            new("trend", "how much it counts for the trend", "0"),
            new("seasonal", "how much it counts for its part of the season", "0.3"),
            new("margin", "how much more than the forecast there is room for", "0"),
            new("with", "another policy beside it; the larger count is taken", "-"),
        ])
    {
        Make = static (settings, given) => new PredictivePolicy(settings, given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(15);

    public double? ForecastError => _came > 0 ? _distance / _came : null;

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        See(observation.Now, observation.RequestsPerSecond);
        var (rate, reason) = (observation.RequestsPerSecond, "NoSeasonYet");
        if (_demand.IsReady)
            (rate, reason) = (Enumerable.Range(1, _ahead).Max(_demand.Forecast) * (1 + _margin), "Forecast");
        var wanted = Math.Ceiling(rate / (_settings.Target * _settings.CapacityPerInstance));
        return LargerOf.Decide(new(_settings.Within(wanted), reason), _beside, observation);
    }

    // Demand is seen in parts of the season: what is told within one is meant.
    void See(TimeSpan now, double rate)
    {
        var part = now.Ticks / _part.Ticks;
        if (part != _current && _count > 0)
        {
            Close(_sum / _count);
            (_sum, _count) = (0, 0);
        }

        _current = part;
        _sum += rate;
        _count++;
    }

    void Close(double mean)
    {
        if (_forecasts.Count == _ahead)
        {
            _distance += Math.Abs(_forecasts.Dequeue() - mean);
            _came += mean;
        }

        _demand.Add(mean);
        if (_demand.IsReady)
            _forecasts.Enqueue(_demand.Forecast(_ahead));
    }
}
