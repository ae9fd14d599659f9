namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>
/// The universal scalability law: X(N) = γN / (1 + α(N - 1) + βN(N - 1)) (Gunther 2007, "Guerrilla Capacity
/// Planning", chapter 4). Contention lets throughput level off, coherence lets it fall again.
/// </summary>
/// <param name="Contention">α (or σ), the share that cannot go on side by side; at least 0.</param>
/// <param name="Coherence">β (or κ), what each pair costs; at least 0.</param>
/// <param name="Rate">γ (or λ), the throughput of one; above 0.</param>
public sealed record UniversalScalability(double Contention, double Coherence, double Rate)
{
    /// <summary>The throughput at a load, in the unit of the rate.</summary>
    /// <param name="load">N: how many workers, or users; at least 1.</param>
    public double Throughput(double load) =>
        Rate * load / (1 + (Contention * (load - 1)) + (Coherence * load * (load - 1)));

    /// <summary>The load of the largest throughput: √((1 - α)/β); infinite without coherence.</summary>
    public double PeakLoad =>
        Coherence == 0 ? double.PositiveInfinity : Math.Sqrt((1 - Contention) / Coherence);

    /// <summary>The largest throughput there is.</summary>
    public double PeakThroughput => double.IsFinite(PeakLoad) ? Throughput(PeakLoad) : AmdahlLimit;

    /// <summary>What contention alone would allow, γ/α; infinite without contention.</summary>
    public double AmdahlLimit => Contention == 0 ? double.PositiveInfinity : Rate / Contention;

    /// <summary>Where the line of one worker meets that limit, 1/α.</summary>
    public double OptimalLoad => Contention == 0 ? double.PositiveInfinity : 1 / Contention;
}
