namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>
/// Closed M/M/c with think time: each of N users waits for the answer, thinks, and asks again (the machine
/// repairman's model; Kleinrock 1975, section 3.8; exact for exponential times, and for any think time). The
/// interactive response time law gives the response: R = N/X - Z (Denning and Buzen 1978).
/// </summary>
/// <param name="Users">N, at least 1.</param>
/// <param name="Servers">c, at least 1.</param>
/// <param name="ThinkSeconds">Z, at least 0.</param>
/// <param name="ServiceSeconds">The mean time of service, above 0.</param>
public sealed record ClosedQueue(int Users, int Servers, double ThinkSeconds, double ServiceSeconds)
{
    /// <summary>How many are served a second, X.</summary>
    public double Throughput => Solve().Throughput;

    /// <summary>The mean time from question to answer in seconds, R.</summary>
    public double MeanResponseSeconds => (Users / Throughput) - ThinkSeconds;

    /// <summary>The share of the time that a server is busy.</summary>
    public double Utilisation => Throughput * ServiceSeconds / Servers;

    /// <summary>How many wait or are served on average.</summary>
    public double MeanNumber => Solve().Number;

    /// <summary>No more a second than this, whatever the distribution: min(N/(Z+s), c/s) (Lazowska et al.
    /// 1984, section 5.2).</summary>
    public double ThroughputBound =>
        Math.Min(Users / (ThinkSeconds + ServiceSeconds), Servers / ServiceSeconds);

    /// <summary>With so many users both bounds are equal: more of them mostly wait.</summary>
    public double Knee => Servers * (ThinkSeconds + ServiceSeconds) / ServiceSeconds;

    // A birth-death chain over how many are at the servers. Logarithms, since the terms span many powers.
    (double Throughput, double Number) Solve()
    {
        if (ThinkSeconds == 0)
            return (Math.Min(Users, Servers) / ServiceSeconds, Users);
        var logs = new double[Users + 1];
        for (var there = 0; there < Users; there++)
            logs[there + 1] = logs[there] + Math.Log(
                (Users - there) / ThinkSeconds * (ServiceSeconds / Math.Min(there + 1, Servers)));
        var most = logs.Max();
        var (total, busy, number) = (0.0, 0.0, 0.0);
        for (var there = 0; there <= Users; there++)
        {
            var weight = Math.Exp(logs[there] - most);
            total += weight;
            busy += weight * Math.Min(there, Servers);
            number += weight * there;
        }

        return (busy / total / ServiceSeconds, number / total);
    }
}
