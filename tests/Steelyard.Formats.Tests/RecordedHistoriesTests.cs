using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

/// <summary>Public recordings in <c>../shared/histories</c>; without that folder these tests say that they
/// skip.</summary>
public class RecordedHistoriesTests
{
    [Theory]
    [InlineData("porcupine/jepsen", "*.log", "porcupine-log")]
    [InlineData("porcupine/kv", "*.txt", "porcupine-kv")]
    public void Every_line_of_Porcupines_recordings_becomes_an_event(
        string folder, string pattern, string format)
    {
        foreach (var file in SharedHistories.Files(folder, pattern))
        {
            var lines = File.ReadLines(file).Count(line => line.Length > 0);
            var read = HistoryFile.Read(file, ReadOptions.Default);
            Assert.Equal((format, lines), (read.Format.Name, read.History.EventCount));
        }
    }

    [Theory]
    [InlineData("knossos", "*.edn")]
    [InlineData("elle-cli", "*.edn")]
    [InlineData("elle-cli", "*.json")]
    [InlineData("generated", "*.edn")]
    [InlineData("elle", "huge-scc.edn")]
    public void Jepsens_recordings_are_read_and_survive_our_own_format(string folder, string pattern)
    {
        foreach (var file in SharedHistories.Files(folder, pattern))
        {
            var history = HistoryFile.Read(file);
            Assert.True(history.Count > 0, file);
            var bytes = new MemoryStream();
            JsonlWriter.Write(bytes, history);
            bytes.Position = 0;
            Assert.Equal(history.Hash, HistoryFile.Read(bytes, "again", ReadOptions.Default).History.Hash);
        }
    }

    [Fact]
    public void A_recorded_nemesis_pauses_and_resumes()
    {
        foreach (var file in SharedHistories.Files("elle-cli", "bank.json"))
        {
            var faults = HistoryFile.Read(file).Faults;
            Assert.Equal("pause", faults[0].Kind);
            Assert.Equal((FaultPhase.Start, 0), (faults[0].Phase, faults[0].Fault));
            Assert.Equal(["84.23.53.151"], faults[0].Nodes);
            Assert.Equal((FaultPhase.End, 0), (faults[1].Phase, faults[1].Fault));
        }
    }
}
