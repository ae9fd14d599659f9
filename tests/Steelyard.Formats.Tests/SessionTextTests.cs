using System.Text;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

public class SessionTextTests
{
    const string Awdit = "w 0 7\nw 1 0\n-----\n-----\nr 0 7\n=====\nr 1 0\nr 2 0\nr 0 7";

    const string AwditLine = "file line 2: expected \"r key value\", \"w key value\" with whole numbers,"
        + " \"-----\" or \"=====\", found ";
    const string PlumeLine = "file line 2: expected \"r(key,value,session,transaction)\" or \"w(…)\" with"
        + " whole numbers, found ";

    [Fact]
    public void Awdits_sessions_are_processes_and_their_transactions_follow_each_other()
    {
        var history = Read(Awdit);
        Assert.Equal(
            [
                "process 0: txn [[w, 0, 7], [w, 1, 0]] → ok [[w, 0, 7], [w, 1, 0]]",
                "process 0: txn [[r, 0, nil]] → ok [[r, 0, 7]]",
                "process 1: txn [[r, 1, nil], [r, 2, nil], [r, 0, nil]]"
                    + " → ok [[r, 1, 0], [r, 2, nil], [r, 0, 7]]",
            ],
            history.Operations.Select(operation => operation.ToString()));
        Assert.False(history.TellsRealTime);
        Assert.Equal(6, history.EventCount);
    }

    [Fact]
    public void Plumes_lines_of_several_transactions_may_stand_mixed()
    {
        var history = Read("w(0,1,5,1)\nr(0,1,6,1)\nw(1,-2,5,1)\nr(1,-2,5,9)\n");
        Assert.Equal(
            [
                "process 5: txn [[w, 0, 1], [w, 1, -2]] → ok [[w, 0, 1], [w, 1, -2]]",
                "process 6: txn [[r, 0, nil]] → ok [[r, 0, 1]]",
                "process 5: txn [[r, 1, nil]] → ok [[r, 1, -2]]",
            ],
            history.Operations.Select(operation => operation.ToString()));
    }

    [Fact]
    public void What_Plume_numbers_minus_one_was_aborted()
    {
        var history = Read("w(0,1,5,-1)\nr(0,9,5,-1)\nw(0,2,5,-1)\nr(0,1,6,1)\n");
        Assert.Equal(
            [
                "process 5: txn [[w, 0, 1]] → fail", "process 5: txn [[w, 0, 2]] → fail",
                "process 6: txn [[r, 0, nil]] → ok [[r, 0, 1]]",
            ],
            history.Operations.Select(operation => operation.ToString()));
    }

    [Theory]
    [InlineData("w 0 1\nr 0\nw 1 1\n", AwditLine + "\"r 0\"")]
    [InlineData("w 0 1\nr 0 x\n", AwditLine + "\"r 0 x\"")]
    [InlineData("w 0 99999999999999999999\nw 1 1\n", "file is in no known")]
    [InlineData("w(0,1,0,0)\nr(0,1,0\nw(1,1,0,0)\n", PlumeLine + "\"r(0,1,0\"")]
    [InlineData("w(0,1,-4,0)\n", "file line 1: expected a session between 0 and 2147483647, found -4")]
    [InlineData("w(0,1,0,0)\nr(0,1", "file is cut short at line 2 column 6: the last line is cut short")]
    public void A_mistake_is_one_line_with_its_place(string text, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(text));
        Assert.StartsWith(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_is_kept_up_to_there_when_asked()
    {
        var read = HistoryFile.Read(
            Stream("w(0,1,0,0)\nr(0,1,1,1)\nr(0"), "file", new ReadOptions { KeepPartial = true });
        Assert.True(read.IsPartial);
        Assert.Equal(2, read.History.Count);
    }

    [Fact]
    public void Lines_longer_than_any_can_be_are_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read("w 0 1\n" + new string('-', 1 << 20)));
        Assert.StartsWith(
            "file line 2: expected a line of at most", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_files_are_read_whole_whatever_the_pieces_they_come_in()
    {
        var text = string.Concat(
            Enumerable.Range(0, 100_000).Select(i => $"w({i % 9},{i},{i % 3},{i / 7})\n"));
        var history = HistoryFile.Read(new Drops(Stream(text)), "file", ReadOptions.Default).History;
        Assert.Equal(100_000, history.Steps!.StepCount);
        Assert.Equal(Read(text).Hash, history.Hash);
    }

    static History Read(string text) => HistoryFile.Read(Stream(text), "file", ReadOptions.Default).History;

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives a few bytes at a time.</summary>
    sealed class Drops(MemoryStream inner) : ForwardStream
    {
        int _count;

        public override int Read(Span<byte> buffer) =>
            inner.Read(buffer[..Math.Min(buffer.Length, 1 + (_count++ % 4096))]);
    }
}
