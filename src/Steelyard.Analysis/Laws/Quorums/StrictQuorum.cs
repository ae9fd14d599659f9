namespace Steelyard.Analysis.Laws.Quorums;

/// <summary>
/// Partial quorums that do not spread by themselves: writes reach W of N replicas, reads ask R, drawn at
/// random (Bailis et al. 2012, "Probabilistically bounded staleness for practical partial quorums", section
/// 3).
/// </summary>
/// <param name="Replicas">N, at least 1.</param>
/// <param name="Reads">R, 1 to N.</param>
/// <param name="Writes">W, 1 to N.</param>
public sealed record StrictQuorum(int Replicas, int Reads, int Writes)
{
    /// <summary>True when every read meets every write: R + W above N.</summary>
    public bool Overlaps => Reads + Writes > Replicas;

    /// <summary>The probability that a read misses the last write, 0 to 1: (N-W over R)/(N over R).</summary>
    public double MissProbability =>
        Binomials.Of(Replicas - Writes, Reads) / Binomials.Of(Replicas, Reads);

    /// <summary>The probability that a read gives one of the last k versions (equation 2).</summary>
    /// <param name="versions">k, at least 1.</param>
    public double WithinVersions(double versions) => 1 - Math.Pow(MissProbability, versions);

    /// <summary>The probability that a client's read is no older than its last (equation 3).</summary>
    /// <param name="writesPerSecond">To the key, by all.</param>
    /// <param name="readsPerSecond">Of the key, by this client; above 0.</param>
    public double MonotonicReads(double writesPerSecond, double readsPerSecond) =>
        1 - Math.Pow(MissProbability, 1 + (writesPerSecond / readsPerSecond));
}
