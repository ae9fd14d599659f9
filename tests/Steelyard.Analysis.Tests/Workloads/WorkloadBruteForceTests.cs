using System.Diagnostics;
using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Every checker of a workload against its definition, on small random histories.</summary>
public class WorkloadBruteForceTests(ITestOutputHelper output)
{
    const int Quick = 1_500;
    const int Thorough = 100_000;

    static readonly WorkloadSpecimen[] Specimens =
        [
            .. SetSpecimens.All, .. CountingSpecimens.All, .. QueueSpecimens.All, .. InsertSpecimens.All,
            .. OwnershipSpecimens.All, .. MaelstromSpecimens.All,
        ];

    public static TheoryData<string> Names => [.. Specimens.Select(s => s.Name)];

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_checker_agrees_with_the_definition(string name)
    {
        var specimen = Specimens.Single(s => s.Name == name);
        var counts = new int[3];
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = specimen.Generate(new RandomHistories(seed));
            var verdict = specimen.Checker.Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            Assert.True(verdict.Validity == specimen.Expect(history), context);
            AssertWitnesses(specimen, history, verdict, context);
            AssertNothingDependsOnNamesOrTime(specimen, history, verdict, context);
            counts[(int)verdict.Validity]++;
        }

        output.WriteLine(
            $"{name}: {Histories:N0} histories in {clock.Elapsed.TotalSeconds:N1} s: {counts[0]:N0} valid,"
            + $" {counts[1]:N0} invalid, {counts[2]:N0} unknown");
        // Neither side of the comparison may be empty, or it proves little.
        Assert.True(counts[0] > Histories / 10 && counts[1] > Histories / 20, string.Join(' ', counts));
    }

    static void AssertWitnesses(
        WorkloadSpecimen specimen, History history, Verdict verdict, string context)
    {
        Assert.Equal(verdict.Validity == Validity.Invalid, verdict.Anomalies.Count > 0);
        foreach (var anomaly in verdict.Anomalies)
        {
            Assert.NotEmpty(anomaly.Witness);
            Assert.Equal(anomaly.Witness.Distinct().Order(), anomaly.Witness);
            if (specimen.WitnessStandsAlone)
                Assert.True(
                    specimen.Expect(history.Only(o => anomaly.Witness.Contains(o.Index))) == Validity.Invalid,
                    $"{context}\n{anomaly.Type}: {anomaly.Explanation} {string.Join(' ', anomaly.Witness)}");
        }
    }

    static void AssertNothingDependsOnNamesOrTime(
        WorkloadSpecimen specimen, History history, Verdict verdict, string context)
    {
        var other = specimen.Checker.Check(history.Renamed(process => 7000 - process, shiftNs: 1_000_000));
        Assert.True(other.Validity == verdict.Validity, context);
        Assert.Equal(verdict.Anomalies.Select(a => a.Type), other.Anomalies.Select(a => a.Type));
        Assert.Equal(
            verdict.Anomalies.SelectMany(a => a.Witness), other.Anomalies.SelectMany(a => a.Witness));
    }
}
