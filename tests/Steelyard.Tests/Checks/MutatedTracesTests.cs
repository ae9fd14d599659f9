using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Whatever bytes a file of spans has, it is judged or refused in one line that names it.</summary>
public sealed class MutatedTracesTests
{
    const int Rounds = 400;

    [Theory]
    [InlineData("traces-buggy.json")]
    [InlineData("traces-buggy.pb")]
    public void Mutated_traces_are_judged_or_refused(string file)
    {
        var bytes = File.ReadAllBytes(Place(file));
        var map = SpanMapFile.Read(Place("traces-map.yaml"));
        var (judged, refused) = (0, 0);
        for (var seed = 0; seed < Rounds; seed++)
            if (IsJudged(Mutated(bytes, new(seed)), map))
                judged++;
            else
                refused++;

        Assert.InRange(judged, Rounds / 20, Rounds);
        Assert.InRange(refused, Rounds / 20, Rounds);
    }

    static bool IsJudged(byte[] bytes, SpanMap map)
    {
        try
        {
            var options = new ReadOptions { Spans = map, KeepPartial = bytes.Length % 2 == 0 };
            var read = HistoryFile.Read(new MemoryStream(bytes), "file", options);
            if (read.Traced is null)
                return false;
            HistoryCheck.Of(
                "file", () => read, new() { Model = "exactly-once" }, new([]), CancellationToken.None);
            return true;
        }
        catch (UserMistakeException mistake)
        {
            Assert.DoesNotContain('\n', mistake.Message);
            return false;
        }
    }

    static byte[] Mutated(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var times = random.Next(4) == 0 ? 3 : 1; times > 0; times--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveRange(at, Math.Min(random.Next(300), mutated.Count - at));
                    break;
                case 2:
                    mutated.InsertRange(at, mutated.GetRange(0, Math.Min(mutated.Count, random.Next(1_000))));
                    break;
                case 3 when char.IsAsciiDigit((char)mutated[at]):
                    mutated[at] = (byte)'9';
                    break;
                default:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. mutated];
    }

    static string Place(string file) => Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", file);
}
