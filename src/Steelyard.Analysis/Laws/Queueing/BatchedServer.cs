namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>A server that takes b requests at once: each batch costs a fixed time and a time for each
/// item.</summary>
/// <param name="Batch">b, at least 1.</param>
/// <param name="FixedSeconds">What a batch costs whatever its size, at least 0.</param>
/// <param name="ItemSeconds">What each request adds, at least 0.</param>
/// <param name="ArrivalsPerSecond">λ, above 0.</param>
public sealed record BatchedServer(
    int Batch, double FixedSeconds, double ItemSeconds, double ArrivalsPerSecond)
{
    /// <summary>How long a batch takes.</summary>
    public double ServiceSeconds => FixedSeconds + (Batch * ItemSeconds);

    /// <summary>The most that can be served a second, b/(F + bc).</summary>
    public double Capacity => Batch / ServiceSeconds;

    /// <summary>The share of the time that the server is busy; from 1 on the queue grows without
    /// end.</summary>
    public double Utilisation => ArrivalsPerSecond / Capacity;

    /// <summary>How long a request waits on average until its batch is full: (b-1)/(2λ).</summary>
    public double MeanFillSeconds => (Batch - 1) / (2 * ArrivalsPerSecond);
}
