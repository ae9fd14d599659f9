namespace Steelyard.Analysis.Policies.Scaling.Forecasts;

/// <summary>A policy that forecasts, and tells how well it did.</summary>
public interface IForecasting
{
    /// <summary>The mean distance of what came from what was forecast for it one start-up before, as a share
    /// of what came; null before there is any.</summary>
    double? ForecastError { get; }
}
