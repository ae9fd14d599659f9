using System.Diagnostics;
using System.Text;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Staleness;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;

namespace Steelyard.Tests.Checks;

/// <summary>Whatever a recorded history holds, each model judges it or refuses it with one line.</summary>
public sealed class MutatedHistoriesTests
{
    const int Quick = 3_000;
    const int Thorough = 250_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static readonly ModelExample[] Examples = [.. ModelExample.All()];

    static readonly Value[] Initials =
    [
        Value.Map(), Value.Map(("x", 0), ("y", 0)), Value.Map((0, 100), (1, 100)), Value.Map(("free", 1)),
        Value.Map(("permits", 2)), Value.Map(("permits", -1)), Value.Map(("x", Value.Nil)),
        Value.Map((0, "a"), (1, Value.EmptyList)), Value.Map((0, long.MaxValue), (1, long.MaxValue)),
    ];

    static int Rounds => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Fact]
    public void Mutated_histories_are_judged_or_refused_with_their_place()
    {
        var (refused, failures) = (0, new SortedDictionary<string, string>(StringComparer.Ordinal));
        for (var round = 0; round < Rounds; round++)
        {
            var specimen = Specimen.Of(new Random(round));
            var failure = specimen.Try(out var isRefused);
            refused += isRefused ? 1 : 0;
            if (failure is not null)
                failures.TryAdd(failure.Split('\n')[0], $"{failure}\n{specimen}");
        }

        var told = string.Join("\n\n", failures.Values.Take(40));
        Assert.True(failures.Count == 0, $"{failures.Count}\n{told}");
        // Some mutations leave a history that can be judged, and some do not: else nothing was tried.
        Assert.InRange(refused, Rounds / 20, Rounds * 19 / 20);
    }

    /// <summary>A mutated history, and what is asked of it.</summary>
    sealed record Specimen(byte[] Bytes, CheckRequest Request, bool HasPage)
    {
        public static Specimen Of(Random random)
        {
            var example = Examples[random.Next(Examples.Length)];
            var model = HistoryModels.Named(example.Model);
            var bytes = random.Next(8) == 0
                ? Bent(Encoding.UTF8.GetBytes(example.Text), random)
                : MutatedHistory.Of(History.Parse(example.Text), random);
            var isStale = model.TakesStaleness && random.Next(4) == 0;
            return new(
                bytes,
                new()
                {
                    Model = model.Name,
                    Initial = model.TakesInitial ? InitialOf(example, random) : Value.Nil,
                    Consistency = isStale || model.Consistencies.Count == 0 || random.Next(3) == 0 ? null
                        : model.Consistencies[random.Next(model.Consistencies.Count)],
                    Staleness = isStale ? StalenessLimit.Of(random.Next(3)) : null,
                    Reading = new()
                    {
                        IndependentKeys = random.Next(8) == 0,
                        KeepPartial = random.Next(4) == 0,
                    },
                    Prove = random.Next(4) == 0,
                },
                random.Next(16) == 0);
        }

        /// <summary>What went wrong with it; null when it was judged, or refused as it should be.</summary>
        public string? Try(out bool isRefused)
        {
            isRefused = false;
            var watch = Stopwatch.StartNew();
            try
            {
                Judge();
            }
            catch (UserMistakeException mistake)
            {
                isRefused = true;
                if (mistake.Message.Any(char.IsControl) || mistake.Message.Length > 3_000)
                    return $"not one line: {mistake.Message.Replace('\n', '|')}";
            }
            catch (Exception crash)
            {
                var place = crash.StackTrace?.Split('\n').FirstOrDefault(
                    line => line.Contains("Steelyard", StringComparison.Ordinal)
                        && !line.Contains("Value.", StringComparison.Ordinal));
                return $"{crash.GetType().Name} {place?.Trim()}\n{crash.Message}\n{crash.StackTrace}";
            }

            return watch.Elapsed < Patience ? null : $"{Request.Model} took {watch.Elapsed}";
        }

        public override string ToString() =>
            $"--model {Request.Model} --consistency {Request.Consistency} --initial {Request.Initial}"
            + $" --staleness {Request.Staleness} independent {Request.Reading.IndependentKeys} prove"
            + $" {Request.Prove} page {HasPage}\n{Encoding.UTF8.GetString(Bytes)}";

        void Judge()
        {
            var check = HistoryCheck.Of(
                "file", () => HistoryFile.Read(new MemoryStream(Bytes), "file", Request.Reading), Request,
                new([]), default);
            if (HasPage)
            {
                var measures = RunMeasures.Of(check.Read.History, new());
                ReportPage.Write(
                    Stream.Null,
                    new CheckedHistory(check.Path, check.Read.History, check.Verdicts, measures), []);
            }
        }

        static Value InitialOf(ModelExample example, Random random) => random.Next(3) switch
        {
            0 => Initials[random.Next(Initials.Length)],
            _ when example.Option("initial") is { } text =>
                History.Parse($"0 invoke initial {text}")[0].Input,
            _ => Value.Nil,
        };

        static byte[] Bent(byte[] bytes, Random random)
        {
            var bent = bytes.ToArray();
            for (var times = random.Next(1, 4); times > 0; times--)
                bent[random.Next(bent.Length)] = (byte)random.Next(256);
            return bent;
        }
    }
}
