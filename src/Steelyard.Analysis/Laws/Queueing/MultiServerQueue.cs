namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>
/// M/M/c: Poisson arrivals, exponential service, c servers, one queue without limit (Erlang 1917; Kleinrock
/// 1975, "Queueing Systems", volume 1, section 3.5). With one server it is M/M/1.
/// </summary>
/// <param name="Servers">c, at least 1.</param>
/// <param name="ArrivalsPerSecond">λ, above 0.</param>
/// <param name="ServiceSeconds">The mean time of service, 1/μ, above 0.</param>
public sealed record MultiServerQueue(int Servers, double ArrivalsPerSecond, double ServiceSeconds)
{
    /// <summary>The load offered in Erlang, λ/μ: how many servers are busy on average.</summary>
    public double Offered => ArrivalsPerSecond * ServiceSeconds;

    /// <summary>ρ, the share of the time that a server is busy; from 1 on the queue grows without
    /// end.</summary>
    public double Utilisation => Offered / Servers;

    /// <summary>True below the capacity.</summary>
    public bool IsStable => Utilisation < 1;

    /// <summary>Erlang's C: the probability that an arrival has to wait, 0 to 1; 1 from the capacity
    /// on.</summary>
    public double WaitProbability => ErlangC(Servers, Offered);

    /// <summary>The mean wait before service in seconds, Wq; infinite from the capacity on.</summary>
    public double MeanWaitSeconds =>
        IsStable ? WaitProbability * ServiceSeconds / (Servers - Offered) : double.PositiveInfinity;

    /// <summary>The mean time from arrival to departure in seconds, W.</summary>
    public double MeanResponseSeconds => MeanWaitSeconds + ServiceSeconds;

    /// <summary>How many wait on average, Lq.</summary>
    public double MeanQueueLength => ArrivalsPerSecond * MeanWaitSeconds;

    /// <summary>How many are there on average, L.</summary>
    public double MeanNumber => ArrivalsPerSecond * MeanResponseSeconds;

    /// <summary>The probability that the response takes longer than so many seconds.</summary>
    public double ResponseExceeds(double seconds) => ResponseExceeds(seconds, WaitProbability);

    double ResponseExceeds(double seconds, double waits)
    {
        if (!IsStable)
            return 1;
        // Service at rate μ, then with Erlang's C a wait at rate cμ - λ before it; where both are equal the
        // sum is an Erlang distribution of two stages.
        var (mu, drain) = (1 / ServiceSeconds, (Servers - Offered) / ServiceSeconds);
        var served = Math.Exp(-mu * seconds);
        if (Math.Abs(drain - mu) < 1e-9 * mu)
            return served * (1 + (waits * mu * seconds));
        return ((1 - waits) * served)
            + (waits * ((drain * served) - (mu * Math.Exp(-drain * seconds))) / (drain - mu));
    }

    /// <summary>The response that a share of all stays within, in seconds.</summary>
    /// <param name="share">0.99 for the 99th percentile; above 0 and below 1.</param>
    public double ResponseQuantile(double share)
    {
        if (!IsStable)
            return double.PositiveInfinity;
        // It takes as many steps as there are servers, and a quantile asks again and again.
        var waits = WaitProbability;
        return Quantiles.Of(share, seconds => ResponseExceeds(seconds, waits), MeanResponseSeconds);
    }

    /// <summary>The wait that a share of all stays within, in seconds.</summary>
    public double WaitQuantile(double share) => !IsStable ? double.PositiveInfinity
        : 1 - share >= WaitProbability ? 0
        : Math.Log(WaitProbability / (1 - share)) * ServiceSeconds / (Servers - Offered);

    /// <summary>Erlang's B: the probability that all servers are busy where nobody waits (M/M/c/c), 0 to 1;
    /// the same for any distribution of service times.</summary>
    /// <param name="servers">c, at least 0.</param>
    /// <param name="offered">The load in Erlang, above 0.</param>
    public static double ErlangB(int servers, double offered)
    {
        var inverse = 1.0;
        for (var k = 1; k <= servers; k++)
            inverse = 1 + (inverse * k / offered);
        return 1 / inverse;
    }

    /// <summary>The load that is not turned away where nobody waits, in Erlang: a(1 - B), without the loss of
    /// digits where nearly all is turned away.</summary>
    /// <param name="servers">c, at least 1.</param>
    /// <param name="offered">The load in Erlang, above 0.</param>
    public static double Carried(int servers, double offered) =>
        offered / (1 + (offered * ErlangB(servers - 1, offered) / servers));

    /// <summary>Erlang's C, from his B.</summary>
    public static double ErlangC(int servers, double offered)
    {
        if (offered >= servers)
            return 1;
        var blocked = ErlangB(servers, offered);
        return blocked / (1 - (offered / servers * (1 - blocked)));
    }
}
