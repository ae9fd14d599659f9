using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Faults;

/// <summary>Refuses fault plans that do not fit their scenario, with a line that names the fault.</summary>
internal static class FaultPlanCheck
{
    public static void Check(FaultPlan plan, Scenario scenario)
    {
        var names = new HashSet<string>(scenario.Cluster.Nodes.Select(node => node.Name),
            StringComparer.Ordinal);
        for (var i = 0; i < plan.Faults.Count; i++)
            new OneFault(i, plan.Faults[i], scenario, names).Check();
    }

    sealed record OneFault(int Place, Fault Fault, Scenario Scenario, HashSet<string> Names)
    {
        public void Check()
        {
            Require(
                Fault.At >= TimeSpan.Zero && Fault.At < Scenario.Load.Duration, "begin",
                $"from 0s to before the end at {Durations.Format(Scenario.Load.Duration)}",
                    Durations.Format(Fault.At));
            Require(
                Fault.For is null || Fault.For > TimeSpan.Zero, "last", "more than 0s",
                Durations.Format(Fault.For ?? TimeSpan.Zero));
            foreach (var name in FaultText.NamesIn(Fault))
                Require(
                    name == Fault.Leader || Names.Contains(name), "hit", $"one of {KnownNames()} or leader",
                        $"\"{name}\"");
            CheckShape();
        }

        void CheckShape()
        {
            switch (Fault)
            {
                case PartitionFault partition:
                    CheckGroups(partition.Groups);
                    break;
                case CutFault cut:
                    Require(cut.From.Count > 0 && cut.To.Count > 0, "cut", "nodes in from and in to",
                        "an empty list");
                    break;
                case LinkFault link:
                    CheckLink(link);
                    break;
                case ClockDriftFault drift:
                    Require(
                        Math.Abs((long)drift.PartsPerMillion) < 500_000, "drift",
                            "less than 500000 parts per million",
                        $"{drift.PartsPerMillion}");
                    break;
                case DrainFault drain:
                    CheckDrain(drain);
                    break;
                case SlowFault slow:
                    Require(
                        slow.PerMessage >= TimeSpan.Zero, "cost", "0s a message or more",
                        Durations.Format(slow.PerMessage));
                    break;
            }

            if (Fault is not (PartitionFault or CutFault or LinkFault))
                Require(FaultText.NamesIn(Fault).Any(), "hit", "at least one node", "none");
        }

        void CheckDrain(DrainFault drain)
        {
            Require(
                Scenario.Deployment.CanDrain, "drain", "nodes that can be drained",
                $"{Scenario.Design}, which has {Scenario.Deployment.Kind}");
            foreach (var node in Scenario.Cluster.Nodes.Where(node => drain.Nodes.Contains(node.Name)))
                Require(
                    drain.Version is null || (drain.Version >= 1 && drain.Version <= node.Versions), "start",
                    $"a version of {node.Name} from 1 to {node.Versions}", $"{drain.Version}");
        }

        void CheckGroups(IReadOnlyList<IReadOnlyList<string>> groups)
        {
            Require(
                groups.Count >= 2 && groups.All(group => group.Count > 0), "part",
                    "two groups or more, none empty",
                groups.Count == 0 ? "none" : FaultText.Groups(groups));
            var twice = groups.SelectMany(group => group).GroupBy(name => name).FirstOrDefault(same =>
                same.Count() > 1);
            Require(twice is null, "part", "groups without a common node", $"{twice?.Key} more than once");
        }

        void CheckLink(LinkFault link)
        {
            foreach (var (share, name) in ((double, string)[])
                [(link.Loss, "loss"), (link.Duplication, "duplication"), (link.Reordering, "reordering")])
                Require(share is >= 0 and <= 1, $"have {name}", "a share from 0 to 1", $"{share}");
            Require(
                link.Slowdown >= 1 && double.IsFinite(link.Slowdown), "slow links", "a factor of 1 or more",
                $"{link.Slowdown}");
        }

        string KnownNames() => Names.Count <= 12
            ? string.Join(", ", Scenario.Cluster.Nodes.Select(node => node.Name))
            : $"{Scenario.Cluster.Nodes[0].Name} … {Scenario.Cluster.Nodes[^1].Name}";

        void Require(bool holds, string verb, string expected, string found)
        {
            if (!holds)
                throw new UserMistakeException(
                    $"fault {Place + 1} ({Fault.Kind} at {Durations.Format(Fault.At)}) should {verb}:"
                    + $" expected {expected}, found {found}");
        }
    }
}
