using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Systems.Scale;

/// <summary>One large machine, or several small ones.</summary>
internal sealed class ScaleDesign : ArchitectureSystem
{
    const string Out = "out";
    const string Up = "up";

    /// <inheritdoc/>
    public override string Name => "scale-up-or-out";

    /// <inheritdoc/>
    public override string Summary =>
        "one large machine or several small ones: their cost, their end, and what a failure takes away";

    /// <inheritdoc/>
    public override string Story =>
        "Eight machines of one unit or one machine of eight, at 70 % of what they can do. Undisturbed"
        + " (--calm), the large one is a little better: one line for all workers (Erlang's C), no"
        + " balancer, 8.00 an hour in place of 8.50; the mean is 40.6 ms against 41.4, and against 55.0"
        + " where the balancer chooses at random and each small machine has a line of its own. Then one"
        + " machine fails for five seconds. Of eight, the balancer sees it by its probes and asks others"
        + " again, and one request of 33,617 fails. Of one, everybody's do: 9.7 % of all. Prices are in"
        + " proportion to size within a family (nothing exponential), but there is a largest: for 32 units"
        + " a special machine costs 80 an hour against 32.50, and for 64 there is none to buy. That out"
        + " adds up is no law either: see trading, where servers share a store.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--way up", "one machine, and nobody is served while it is gone"),
        new("--calm true --way up", "undisturbed the large one is the better one"),
        new("--calm true --balance random", "a line of its own for each small one"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice("way", "Machines of 1 unit behind a balancer, or one of all units", Out, Up),
        Count("units", 8, "Units: each has 4 workers that serve 100 requests a second; the largest"
            + FormattableString.Invariant($" machine has {PriceOfMachines.Largest}")),
        Count("load", 70, "Requests due, as a share of what the units can do, in %"),
        DesignOption.Choice("balance", "How a machine is chosen",
            Balancing.LeastOpen, Balancing.RoundRobin, Balancing.Random),
        DesignOption.Flag(
            "calm", "No machine fails; else one does after a sixth of the run, for half as long"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var (isOut, units) = (options.Choice("way") == Out, options.Count("units"));
        var duration = options.Common.Duration ?? TimeSpan.FromSeconds(60);
        var machines = isOut ? units : 1;
        // A machine is no larger than the largest there is, whatever was wished for.
        var each = isOut ? 1 : Math.Min(units, PriceOfMachines.Largest);
        var machine = new Edge("machine")
        {
            Balance = options.Choice("balance"), Health = TimeSpan.FromMilliseconds(200),
            Timeout = TimeSpan.FromMilliseconds(500), Retries = 1,
        };
        return new(Name,
        [
            new ClientsPart("people")
            {
                Rate = units * UnitPerSecond * options.Count("load") / 100.0,
                Calls = [isOut ? new("balancer") : machine],
            },
            .. !isOut ? Array.Empty<Part>()
                : [new LoadBalancerPart("balancer") { Price = 0.5, Calls = [machine] }],
            new ServicePart("machine")
            {
                Instances = machines, Workers = 4 * each, Time = TakesTime.Parse("exp 40ms"),
                Price = PriceOfMachines.Of(each),
            },
        ])
        {
            Summary = isOut ? $"{units} machines of 1 unit" : $"one machine of {each} units",
            Slo = TimeSpan.FromSeconds(1),
            Duration = duration,
            Settle = TimeSpan.FromSeconds(5),
            Faults = options.Flag("calm") ? FaultPlan.None : new(
            [
                new CrashFault
                {
                    At = duration / 6, For = duration / 12,
                    Nodes = [machines == 1 ? "machine" : "machine-1"],
                },
            ]),
            Limits = [MeasuredLimit.Parse("availability > 99%"), MeasuredLimit.Parse("latency-p99 < 1s")],
        };
    }

    const int UnitPerSecond = 100;
}

/// <summary>What machines of a family cost an hour, as list prices of clouds have it: twice the units, twice
/// the price, up to the largest; beyond the family are special ones, at more for each unit.</summary>
internal static class PriceOfMachines
{
    /// <summary>Units of the largest there is.</summary>
    public const int Largest = 32;

    const int LargestOfFamily = 16;

    /// <summary>What one of so many units costs.</summary>
    public static double Of(int units) => units <= LargestOfFamily ? units : 2.5 * units;
}
