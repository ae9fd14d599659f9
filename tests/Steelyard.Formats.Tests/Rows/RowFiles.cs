using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Rows;

/// <summary>Files of rows, read as somebody says.</summary>
internal static class RowFiles
{
    public const string Columns = "process,start,end,function,key,input,output,outcome\n";

    public static HistoryRead Read(string text, OperationMap? map = null, bool keepPartial = false) =>
        HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), "file",
            new ReadOptions { Map = map, KeepPartial = keepPartial });

    public static string Mistake(string text, OperationMap? map = null) =>
        Assert.Throws<UserMistakeException>(() => Read(text, map)).Message;

    public static string Shown(History history) =>
        string.Join('\n', history.Operations.Select(operation => operation.ToString()));
}
